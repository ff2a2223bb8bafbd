import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const dynamicLibraryRule = sinkRule({
  id: 'PW-RS-DYNAMIC-LIBRARY',
  title: 'A library is chosen when the plugin runs',
  category: 'dynamic-import',
  cwe: 114,
  severity: 'error',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'A library runs its code as soon as it is loaded: whoever chooses the path runs theirs inside the plugin, past every check of the compiler.',
    remedy: 'Link what is needed, or load from a fixed path that only the administrator can write.',
    bad: `fn load(name: &str) {
    let library = unsafe { libloading::Library::new(name) };
}`,
    good: 'fn load() -> codec::Codec {\n    codec::Codec::new()\n}',
  },
  does: 'names a library that is loaded',
  sinks: [
    {
      call: calls(
        'libloading.Library.new libloading.os.unix.Library.new libloading.os.unix.Library.open libloading.os.windows.Library.new libloading.os.windows.Library.load_with_flags dlopen.raw.Library.open dlopen2.raw.Library.open dlopen.wrapper.Container.load dlopen2.wrapper.Container.load sharedlib.Lib.new libc.dlopen libloading.library_filename dlopen.symbor.Library.open dlopen2.symbor.Library.open winapi.um.libloaderapi.LoadLibraryA winapi.um.libloaderapi.LoadLibraryW windows.Win32.System.LibraryLoader.LoadLibraryW lib.Library.new',
      ),
      from: 'dynamic',
    },
  ],
});
