"""What a file leaves open, as data: the option which answers it, and what each answer would mean."""

from cimodel_tui.record import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a file does not say and that nobody should guess."""

    option: str
    """The field of the recipe that holds the answer, which is also the name of the option in the shell."""
    words: str
    """What is asked, in one line."""
    choices: tuple[tuple[str, str], ...] = ()
    """Each possible answer and what it would mean."""

    @property
    def flag(self) -> str:
        """The option as it is typed in a shell, with its possible answers."""
        return f"--{self.option.replace('_', '-')} {'|'.join(answer for answer, _ in self.choices) or 'VALUE'}"

    def __str__(self) -> str:
        """Return the question and the option which answers it, in one line."""
        return f"{self.words} Answer with {self.flag}"


class SourceError(ValueError):
    """A file that cannot be read; its message says so in one line."""


class OpenQuestionError(SourceError):
    """A question without whose answer the file cannot be read any further."""

    def __init__(self, question: Question) -> None:
        super().__init__(str(question))
        self.question = question
