module example.org/{{id}}

go 1.21

require plugin-workbench.dev/sdk v0.0.0
