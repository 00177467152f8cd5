"""From a folder of mail to Returns. The only reader of foreign Excel."""
