"""The whole picture for a kommune, a police unit or a district: every agreement and who it waits for."""
