/**
 * The program that takes its own rights away and then becomes the plugin. It is Perl, because a process can only
 * confine itself, Node can't make system calls, and every Debian and Ubuntu has Perl.
 *
 * It reads its job from descriptor 4, fields separated by NUL: the system call numbers of prctl and seccomp, the
 * ruleset (hexadecimal), the filter (hexadecimal), the number of rules, for each rule its access mask and path, then
 * the folder and the command. Descriptor 5 tells what went wrong, and closes when the command runs.
 */
export const launcherScript = String.raw`
use strict;
my ($landlockCreate, $landlockAdd, $landlockRestrict) = (444, 445, 446);
my ($pathBeneath, $noNewPrivileges, $deathSignal, $kill) = (1, 38, 1, 9);
my ($setDescriptorFlags, $closeOnExec) = (2, 1);
open(my $job, '<&=', 4) or die;
open(my $status, '>&=', 5) or die;
fcntl($status, $setDescriptorFlags, $closeOnExec) or die;
$SIG{__DIE__} = sub { syswrite($status, $_[0]); exit 126 };
my @fields = do { local $/; split /\0/, scalar(<$job>), -1 };
close $job;
my ($prctl, $seccomp, $ruleset, $filter, $rules) = splice(@fields, 0, 5);
my $attributes = pack('H*', $ruleset);
my $set = syscall($landlockCreate, $attributes, length($attributes), 0);
die "landlock_create_ruleset: $!" if $set < 0;
for (1 .. $rules) {
  my ($access, $path) = splice(@fields, 0, 2);
  # 010000000 is O_PATH.
  sysopen(my $place, $path, 010000000) or die "$path: $!";
  my $rule = pack('Q l', $access, fileno($place));
  die "landlock_add_rule $path: $!" if syscall($landlockAdd, $set, $pathBeneath, $rule, 0) < 0;
  close $place;
}
my ($folder, @command) = @fields;
chdir $folder or die "$folder: $!";
die "prctl: $!" if syscall($prctl, $noNewPrivileges, 1, 0, 0, 0) < 0;
die "prctl: $!" if syscall($prctl, $deathSignal, $kill, 0, 0, 0) < 0;
die "landlock_restrict_self: $!" if syscall($landlockRestrict, $set, 0) < 0;
my $code = pack('H*', $filter);
my $program = pack('S x6 P', length($code) / 8, $code);
die "seccomp: $!" if syscall($seccomp, 1, 0, $program) < 0;
exec { $command[0] } @command;
die "$command[0]: $!";
`;
