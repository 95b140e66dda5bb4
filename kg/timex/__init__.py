"""Time: finds the words that give a date, and anchors them without inventing one."""
