#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the jar of OpenVINO's libraries for one platform from the wheel that the table pins.

    natives.py PLATFORM JAR

The wheel is downloaded with pip, checked, and what the CPU, GPU and AUTO devices and the readers of models need is
packed into a jar in the user's cache, once; JAR becomes a copy of that. Whatever is missing is said in one line, and
JAR is then not there: the build goes on without it. Needs Python 3.9 with pip; the Python that runs this need not be
one that the wheel is for.
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

VERSION = "2026.4.1"
PYTHON = "3.11"
WHEELS = {  # platform: pip's name for it, file, SHA-256
    "linux-x86_64": (
        "manylinux_2_28_x86_64",
        "openvino-2026.4.1-22982-cp311-cp311-manylinux_2_28_x86_64.whl",
        "2d22b1da03f7caf74df30e9f6417d0ab2f637e4a38e08e1dcd294d2c37407aaf",
    ),
    "linux-arm64": (
        "manylinux_2_35_aarch64",
        "openvino-2026.4.1-22982-cp311-cp311-manylinux_2_35_aarch64.whl",
        "bea1eb3733c34ef331adc945da0ccda5937865031139073663be84c517ffda22",
    ),
    "macosx-arm64": (
        "macosx_11_0_arm64",
        "openvino-2026.4.1-22982-cp311-cp311-macosx_11_0_arm64.whl",
        "d3740853691ae4a9003bc3417a4625d848e2cc3251af4b815c59199b38be252a",
    ),
    "windows-x86_64": (
        "win_amd64",
        "openvino-2026.4.1-22982-cp311-cp311-win_amd64.whl",
        "bfddae6d6d3ad240157b946f180c33d0ddfaaae7487995d929a4e6b4bc12b283",
    ),
}
FOLDER = "openvino/libs/"
INDEX = FOLDER + "natives.properties"
UNWANTED = re.compile(r"npu|gguf|jax|paddle|pytorch|malloc_proxy|debug|\.(pc|lib|pdb|cmake)$")
LICENCES = re.compile(r"\.dist-info/licenses/(LICENSE|.*third-party.*\.txt)$", re.IGNORECASE)
EPOCH = (1980, 1, 1, 0, 0, 0)


def missing(what):
    print(f"OpenVINO's libraries are left out: {what}. The engine will say that it is unavailable.")
    sys.exit(0)


def cache():
    """Where files are kept that can be downloaded again."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or pathlib.Path.home() / "AppData/Local"
    elif sys.platform == "darwin":
        base = pathlib.Path.home() / "Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(base) / "fast"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def download(platform, folder):
    tag, name, digest = WHEELS[platform]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    pip += ["--only-binary=:all:", "--platform", tag, "--python-version", PYTHON, "--dest", folder]
    try:
        run = subprocess.run(pip + ["openvino==" + VERSION], capture_output=True, text=True, timeout=500)
    except subprocess.TimeoutExpired:
        missing("pip did not download the wheel within 500 s")
    if run.returncode != 0:
        said = (run.stderr or run.stdout).strip().splitlines() or ["it said nothing"]
        missing("pip cannot download the wheel: " + said[-1])
    wheel = pathlib.Path(folder) / name
    if not wheel.exists():
        missing(f"met {', '.join(os.listdir(folder)) or 'no file'}; needed {name}")
    met = sha256(wheel.read_bytes())
    if met != digest:
        missing(f"{name} has SHA-256 {met}; needed {digest}")
    return wheel


def add(jar, name, content):
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    jar.writestr(entry, content)


def pack(platform, wheel, target):
    index = [f"version={VERSION}", f"platform={platform}", f"wheel={wheel.name}"]
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(target, "w") as jar:
        for name in sorted(source.namelist()):
            base = name.rsplit("/", 1)[-1]
            if name.startswith(FOLDER) and base and not UNWANTED.search(base):
                content = source.read(name)
                index.append(f"file.{base}={len(content)} {sha256(content)}")
                add(jar, name, content)
            elif LICENCES.search(name):
                add(jar, "META-INF/openvino/" + base, source.read(name))
        add(jar, INDEX, "\n".join(index) + "\n")


def main():
    platform, target = sys.argv[1], pathlib.Path(sys.argv[2])
    if platform not in WHEELS:
        missing(f"there is no wheel for {platform}, only for {', '.join(WHEELS)}")
    recipe = sha256(pathlib.Path(__file__).read_bytes() + platform.encode())[:12]
    kept = cache() / f"openvino-{VERSION}-{platform}-{recipe}.jar"
    try:
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
                made = pathlib.Path(folder) / "natives.jar"
                pack(platform, download(platform, folder), made)
                os.replace(made, kept)
        if not target.exists() or target.stat().st_size != kept.stat().st_size:
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as copy:
                with open(kept, "rb") as source:
                    shutil.copyfileobj(source, copy)
            os.replace(copy.name, target)
            os.chmod(target, 0o644)
    except (OSError, zipfile.BadZipFile) as failed:
        missing(str(failed))


if __name__ == "__main__":
    main()
