"""Forms: fields that draw, show and read themselves, the form that holds them, and the editor of a row."""
