"""From a folder to received files: files, members of archives and mails, and what kind of file each is."""
