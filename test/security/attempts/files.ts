import path from 'node:path';
import { type Arena, planted } from '../arena/index.ts';
import { inArea } from './attempt.ts';

const secretFile = ({ place }: Arena): string => path.join(place.outside, 'secret.txt');
const given = ({ place }: Arena): string => path.join(place.readable, 'given.txt');
const mine = ({ place }: Arena, name: string): string => path.join(place.writable, name);

/** Files of the machine, straight from the plugin. */
export const files = inArea('Files', [
  {
    title: 'read a file that everyone may read',
    hand: 'read',
    args: arena => ({ path: secretFile(arena) }),
    control: true,
  },
  {
    title: 'overwrite a file that everyone may write',
    hand: 'write',
    args: arena => ({ path: secretFile(arena), text: 'overwritten' }),
    control: true,
  },
  {
    title: 'list a folder that is not granted',
    hand: 'list',
    args: ({ place }) => ({ path: place.outside }),
  },
  {
    title: 'read the accounts of the machine',
    hand: 'read',
    args: () => ({ path: '/etc/passwd' }),
    control: true,
  },
  { title: 'read what root’s shell begins with', hand: 'read', args: () => ({ path: '/root/.bashrc' }) },
  {
    title: 'read the data the host keeps for another plugin',
    hand: 'read',
    args: ({ place }) => ({ path: path.join(place.data, 'bystander', 'storage.json') }),
  },
  {
    title: 'write where its manifest only lets it read',
    hand: 'write',
    args: arena => ({ path: given(arena), text: 'overwritten' }),
  },
  { title: 'truncate what it may only read', hand: 'truncate', args: arena => ({ path: given(arena) }) },
  { title: 'remove what it may only read', hand: 'unlink', args: arena => ({ path: given(arena) }) },
  {
    title: 'change the mode of what it may only read',
    hand: 'chmod',
    args: arena => ({ path: given(arena), mode: 0 }),
  },
  {
    title: 'write its own manifest',
    hand: 'write',
    args: ({ place }) => ({ path: path.join(place.plugins, 'intruder', 'plugin.json'), text: '{}' }),
  },
  {
    title: 'write into the folder of another plugin',
    hand: 'write',
    args: ({ place }) => ({ path: path.join(place.plugins, 'bystander', 'index.mjs'), text: 'taken over' }),
    control: true,
  },
  ...['/', '/dev/shm', '/dev', '/usr/bin', '/var/tmp', '/etc'].map(folder => ({
    title: `plant a file in ${folder}`,
    hand: 'write',
    args: () => ({ path: path.posix.join(folder, planted), text: 'x' }),
  })),
  {
    title: 'plant a file for others in /tmp, which is its own',
    hand: 'write',
    args: () => ({ path: `/tmp/${planted}`, text: 'x' }),
    harmless: true,
    control: true,
  },
  {
    title: 'run a program from outside',
    hand: 'run',
    args: ({ place }) => ({ program: path.join(place.outside, 'program') }),
  },
  { title: 'run a shell', hand: 'run', args: () => ({ program: '/bin/sh', args: ['-c', 'id'] }) },
]);

/** The same by detours. */
export const links = inArea('Links and paths', [
  {
    title: 'follow a symbolic link of its own to a secret',
    hand: 'read',
    args: arena => ({ path: mine(arena, 'link') }),
    around: async (arena, act) => {
      await arena.act('symlink', { target: secretFile(arena), path: mine(arena, 'link') });
      await act();
      return [];
    },
    control: true,
  },
  {
    title: 'write through a symbolic link of its own',
    hand: 'write',
    args: arena => ({ path: mine(arena, `link/${planted}`), text: 'x' }),
    around: async (arena, act) => {
      await arena.act('symlink', { target: arena.place.outside, path: mine(arena, 'link') });
      await act();
      return [];
    },
    control: true,
  },
  {
    title: 'have the host read through a symbolic link',
    hand: 'files-read',
    args: arena => ({ path: mine(arena, 'link') }),
    around: async (arena, act) => {
      await arena.act('symlink', { target: secretFile(arena), path: mine(arena, 'link') });
      await act();
      return [];
    },
  },
  {
    title: 'have the host write through a symbolic link',
    hand: 'files-write',
    args: arena => ({ path: mine(arena, 'folder/secret.txt'), text: 'overwritten' }),
    around: async (arena, act) => {
      await arena.act('symlink', { target: arena.place.outside, path: mine(arena, 'folder') });
      await act();
      return [];
    },
  },
  {
    title: 'have the host remove through a symbolic link',
    hand: 'files-remove',
    args: arena => ({ path: mine(arena, 'folder/secret.txt') }),
    around: async (arena, act) => {
      await arena.act('symlink', { target: arena.place.outside, path: mine(arena, 'folder') });
      await act();
      return [];
    },
  },
  {
    title: 'make a hard link to a secret',
    hand: 'link',
    args: arena => ({ from: secretFile(arena), path: mine(arena, 'hard') }),
  },
  {
    title: 'make a hard link from what it may read to where it may write',
    hand: 'link',
    args: arena => ({ from: given(arena), path: mine(arena, 'hard') }),
    control: true,
  },
  {
    title: 'move what it may read to where it may write',
    hand: 'rename',
    args: arena => ({ from: given(arena), path: mine(arena, 'moved') }),
    control: true,
  },
  {
    title: 'climb out of a granted folder by ..',
    hand: 'read',
    args: arena => ({ path: `${arena.place.writable}/../outside/secret.txt` }),
  },
  {
    title: 'have the host read by ..',
    hand: 'files-read',
    args: arena => ({ path: `${arena.place.writable}/../outside/secret.txt` }),
  },
  {
    title: 'have the host read by .. from its own folder',
    hand: 'files-read',
    args: () => ({ path: 'notes/../../../outside/secret.txt' }),
  },
  {
    title: 'have the host write beside its own folder',
    hand: 'files-write',
    args: () => ({ path: 'notes/../../bystander/notes/a.txt', text: 'x' }),
  },
  {
    title: 'have the host write its own manifest',
    hand: 'files-write',
    args: () => ({ path: 'plugin.json', text: '{}' }),
  },
  {
    title: 'cut a path short with a NUL',
    hand: 'files-read',
    args: arena => ({ path: `${secretFile(arena)}\0/notes/a.txt` }),
  },
  {
    title: 'spell .. in full-width characters',
    hand: 'files-read',
    args: arena => ({ path: `${arena.place.writable}/\uff0e\uff0e/outside/secret.txt` }),
  },
  {
    title: 'spell .. with an overlong slash',
    hand: 'files-read',
    args: arena => ({ path: `${arena.place.writable}/..\u2215outside\u2215secret.txt` }),
  },
  {
    title: 'spell .. percent-encoded',
    hand: 'files-read',
    args: arena => ({ path: `${arena.place.writable}/%2e%2e/outside/secret.txt` }),
  },
  {
    title: 'name a file by its URL',
    hand: 'files-read',
    args: arena => ({ path: `file://${secretFile(arena)}` }),
  },
  {
    title: 'have the host read from the home folder',
    hand: 'files-read',
    args: () => ({ path: '~/.bash_history' }),
  },
  {
    title: 'have the host read from /proc',
    hand: 'files-read',
    args: () => ({ path: '/proc/self/environ' }),
  },
  {
    title: 'have the host open a device',
    hand: 'files-read',
    args: () => ({ path: '/dev/zero' }),
  },
]);
