ran('script of the theme')
