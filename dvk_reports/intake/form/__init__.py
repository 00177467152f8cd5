"""From raw cells to a Return: where the form stands, what each cell holds, which lines are rows."""
