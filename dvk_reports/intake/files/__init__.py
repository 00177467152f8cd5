"""From a folder to letters: files, members of archives and mails, and what kind of file each is."""
