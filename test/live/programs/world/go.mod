module world

go 1.24
