"""What is handed over to the archive: arkivmelding.xml and the documents it names."""
