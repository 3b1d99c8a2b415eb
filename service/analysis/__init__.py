"""Analysis: have a text scored without submitting it, in the words of several protocols."""
