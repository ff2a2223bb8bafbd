import os

os.write(3, b"!")
while chunk := os.read(3, 65536):
    os.write(3, chunk)
