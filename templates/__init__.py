"""Pages, forms, mails and documents, installed as ``workflow_app.templates``.

Named in code as ``workflow_app.templates:pages/x.pt``; a path through
``workflow_app:`` would be found in a wheel and not in an editable install.
"""
