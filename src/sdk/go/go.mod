module plugin-workbench.dev/sdk

go 1.21
