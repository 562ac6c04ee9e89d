"""Runs the code beside notes: what its checks come to, and its figure."""


def show(file: str) -> None:
    """Runs the checks of the demo `file` and shows its figure: what stands at the end of each demo."""
    from commonplace.demos.showing import shown  # who imports another room of this folder needs none of it

    shown(file)
