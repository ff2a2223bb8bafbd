-- Opens a source file of a plugin in Neovim with our language server, waits for its diagnostics, and prints them as
-- one line of JSON. Uses what Neovim 0.7 has.
local server = vim.env.PW_SERVER
local node = vim.env.PW_NODE
local workspace = vim.env.PW_WORKSPACE

local function finish(ok, result)
  io.stdout:write((ok and 'RESULT ' or 'FAILED ') .. vim.fn.json_encode(result) .. '\n')
  vim.cmd(ok and 'qall!' or 'cquit!')
end

local done, problem = pcall(function()
  vim.cmd('edit ' .. vim.fn.fnameescape(workspace .. '/index.js'))
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].filetype = 'javascript'
  local client = vim.lsp.start_client({
    name = 'plugin-workbench',
    cmd = { node, server, '--stdio' },
    root_dir = workspace,
    workspace_folders = { { uri = vim.uri_from_fname(workspace), name = 'workspace' } },
  })
  assert(client, 'the server did not start')
  assert(vim.lsp.buf_attach_client(buffer, client), 'the buffer was not attached')

  local function codes()
    return vim.tbl_map(function(diagnostic)
      local at = diagnostic.lnum .. ':' .. diagnostic.col .. '-' .. diagnostic.end_col
      return { code = diagnostic.code or diagnostic.user_data.lsp.code, at = at, source = diagnostic.source }
    end, vim.diagnostic.get(buffer))
  end

  assert(vim.wait(60000, function() return #vim.diagnostic.get(buffer) > 0 end, 20), 'no diagnostics came')
  local first = codes()
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, { 'export const run = text => JSON.parse(text);' })
  local cleared = vim.wait(60000, function() return #vim.diagnostic.get(buffer) == 0 end, 20)
  vim.lsp.stop_client(client, false)
  vim.wait(10000, function() return vim.lsp.client_is_stopped(client) end, 20)
  finish(true, { first = first, cleared = cleared })
end)
if not done then finish(false, tostring(problem)) end
