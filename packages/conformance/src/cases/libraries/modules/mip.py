# Ours: as micropython-lib's mip, it fetches by requests whatever the URL names, and writes it where modules are found.
import requests


def install(package, index=None, target=None, version=None, mpy=True):
    response = requests.get(package)
    try:
        if response.status_code != 200:
            print("Package not found:", package)
            return
        with open(target + "/" + package.rsplit("/", 1)[-1], "wb") as file:
            part = bytearray(128)
            while True:
                count = response.raw.readinto(part)
                if not count:
                    break
                file.write(part[:count])
    finally:
        response.close()
    print("Done")
