/** Calls whose results hold nothing of what they are given: numbers, tests, ids, hashes. */
export const harmless: readonly string[] = (
  'builtins.int builtins.float builtins.bool builtins.len builtins.isinstance builtins.issubclass builtins.hasattr ' +
  'builtins.id builtins.hash builtins.abs builtins.round builtins.ord builtins.complex builtins.any builtins.all ' +
  'builtins.callable builtins.divmod builtins.range builtins.sum builtins.pow builtins.type builtins.hex builtins.oct ' +
  'builtins.bin builtins.long ' +
  'os.path.exists os.path.isfile os.path.isdir os.path.islink os.path.isabs os.path.getsize os.path.getmtime os.access os.stat ' +
  'os.getpid os.cpu_count os.urandom secrets.token_hex secrets.token_urlsafe secrets.token_bytes secrets.randbelow ' +
  'secrets.compare_digest hmac.compare_digest uuid.uuid1 uuid.uuid3 uuid.uuid4 uuid.uuid5 uuid.UUID ' +
  'time.time time.monotonic time.perf_counter datetime.datetime.now datetime.datetime.utcnow datetime.date.today ' +
  'datetime.datetime.fromtimestamp datetime.datetime.fromisoformat datetime.datetime.strptime datetime.timedelta ' +
  'decimal.Decimal ipaddress.ip_address ipaddress.ip_network ipaddress.IPv4Address ' +
  'random.random random.randint random.randrange random.uniform math.floor math.ceil math.sqrt ' +
  'werkzeug.check_password_hash django.contrib.auth.hashers.check_password bcrypt.checkpw bcrypt.hashpw werkzeug.generate_password_hash ' +
  '**.hexdigest **.digest **.isdigit **.isalnum **.isalpha **.isnumeric **.isidentifier **.startswith **.endswith **.exists ' +
  '**.is_file **.is_dir **.count **.index **.find **.rfind **.strftime **.isoformat **.timestamp'
).split(' ');
