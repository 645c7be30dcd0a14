"""A bucket of S3: objects by the paths of the site, under a prefix. Faults are told without secrets."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from msgspec import Struct

from newsroom.publish.git import DeployError

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

T = TypeVar("T")
OWN = ".newsroom/"
"""What a deploy keeps for itself; readers must not be let there."""
_AT_ONCE = 16
_MOST_DELETED = 1000
"""Objects that one request may delete (DeleteObjects)."""
_MISSING = {"404", "NoSuchKey", "NotFound"}
_REMEDIES = {
    "NoSuchBucket": "такого хранилища нет: проверьте --bucket или STORAGE_BUCKET",
    "InvalidAccessKeyId": "ключ не принят: проверьте AWS_ACCESS_KEY_ID",
    "SignatureDoesNotMatch": "ключ не принят: проверьте AWS_SECRET_ACCESS_KEY",
    "AccessDenied": "этому ключу сюда нельзя: дайте ему право читать и писать",
}


class Headers(Struct, frozen=True):
    """What the storage sends with an object."""

    content_type: str
    cache_control: str


class Bucket(Struct, frozen=True, kw_only=True):
    """A bucket. All methods raise DeployError."""

    client: S3Client
    name: str
    prefix: str = ""

    def get(self, path: str) -> bytes | None:
        """The bytes of an object, None where there is none."""
        try:
            with _told(self.name):
                return self.client.get_object(Bucket=self.name, Key=self._key(path))["Body"].read()
        except MissingError:
            return None

    def put(self, path: str, data: bytes, headers: Headers, digest: str = "") -> None:
        """Write an object; one whose SHA-256 is not ``digest``, in hexadecimals, the storage refuses."""
        expected: dict[str, Any] = {}
        if digest:
            expected["ChecksumSHA256"] = base64.b64encode(bytes.fromhex(digest)).decode()
        with _told(self.name):
            self.client.put_object(
                Bucket=self.name,
                Key=self._key(path),
                Body=data,
                ContentType=headers.content_type,
                CacheControl=headers.cache_control,
                **expected,
            )

    def claim(self, path: str, data: bytes) -> bool:
        """Write an object where there is none; whether there was none.

        A storage that knows no conditions only tells whether there is one.
        """
        if self.get(path) is not None:
            return False
        try:
            with _told(self.name):
                self.client.put_object(Bucket=self.name, Key=self._key(path), Body=data, IfNoneMatch="*")
        except TakenError:
            return False
        return True

    def copy(self, source: str, target: str) -> bool:
        """Copy an object within the storage, with its headers; whether there was one."""
        try:
            with _told(self.name):
                origin = {"Bucket": self.name, "Key": self._key(source)}
                self.client.copy_object(Bucket=self.name, Key=self._key(target), CopySource=origin)  # type: ignore[arg-type]
        except MissingError:
            return False
        return True

    def delete(self, paths: Iterable[str]) -> None:
        """Delete objects; those that are not there are no fault."""
        keys = [self._key(path) for path in paths]
        for start in range(0, len(keys), _MOST_DELETED):
            named = [{"Key": key} for key in keys[start : start + _MOST_DELETED]]
            with _told(self.name):
                self.client.delete_objects(Bucket=self.name, Delete={"Objects": named, "Quiet": True})  # type: ignore[typeddict-item]

    def listed(self, folder: str = "") -> Iterator[tuple[str, str]]:
        """The paths below a folder with their ETags: of an object put at once it is the MD5 of its bytes."""
        with _told(self.name):
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.name, Prefix=self._key(folder)
            )
            for page in pages:
                for each in page.get("Contents", []):
                    yield each["Key"].removeprefix(self.prefix), each["ETag"].strip('"')

    def each(self, work: Callable[[str], T], paths: Sequence[str]) -> list[T]:
        """What a work gives for each path, several at once; the first fault ends it."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return list(pool.map(work, paths))

    def _key(self, path: str) -> str:
        return self.prefix + path


class MissingError(DeployError):
    """There is no such object."""


class TakenError(DeployError):
    """There is such an object already."""


@contextmanager
def _told(bucket: str) -> Iterator[None]:
    """The faults of the library as ours: its words never show a key, and only its code is told."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _MISSING:
            raise MissingError(code) from None
        if code in {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}:
            raise TakenError(code) from None
        raise DeployError(f"хранилище «{bucket}»: {_REMEDIES.get(code, code)}") from None
    except NoCredentialsError:
        why = "ключ не задан: переменные AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY"
        raise DeployError(f"хранилище «{bucket}»: {why}") from None
    except BotoCoreError as error:
        why = f"не отвечает ({type(error).__name__}): проверьте --endpoint или STORAGE_ENDPOINT"
        raise DeployError(f"хранилище «{bucket}»: {why}") from None
