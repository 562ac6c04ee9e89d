"""A demo whose every word is a trick: </code></pre></details><script>ran('docstring')</script>."""

TRICKS = """
```
</code></pre></div></details>
<script>ran('fence')</script>
<img src=x onerror="ran('code')">
````
[a](javascript:ran('link'))
"""


def it_works() -> str:
    """<script>ran('sentence')</script> <img src=x onerror=ran('sentence')>."""
    return "<script>ran('finding')</script> ![x](https://evil.example/x.png) <img src=x onerror=ran('f')>"


def it_fails() -> str:
    """It fails."""
    raise ValueError("<script>ran('fault')</script> \n\n# no heading\n\n<img src=x onerror=ran('fault')>")


def figure(axes) -> None:
    """](x)<script>ran('caption')</script> <img src=x onerror=ran('caption')>.

    "><script>ran('alt')</script><img src=x onerror=ran('alt')>](https://evil.example/alt.png) ![
    """
    axes.plot([0, 1], label="<script>ran('svg')</script>")
    axes.legend()
