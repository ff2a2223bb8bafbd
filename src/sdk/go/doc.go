// Package workbench lets a program written in Go be a plugin of Plugin Workbench.
//
// A plugin is a main package that calls [Run]. The host starts it in a sandbox, speaks with it over file descriptor 3,
// and ends it by closing that connection:
//
//	func main() {
//		workbench.Run(workbench.Plugin{Activate: activate})
//	}
//
//	func activate(plugin *workbench.Context) error {
//		greet := func(ctx context.Context, name string) (string, error) {
//			return "Hello, " + name, nil
//		}
//		return plugin.Commands.Register(plugin, "greet", workbench.Handle(greet))
//	}
//
// Everything a plugin may do beyond computing is asked of the host, which looks into the plugin's manifest. A refusal
// is a [*PermissionDenied]; any other failure of the host or of another plugin is a [*CallError].
//
// Pass the context a handler was given to every call it makes: the call then ends with the handler, and the host can
// tell whose work it is.
package workbench
