"""How a refusal looks, and how the catalogue describes each kind."""

from rest_framework import serializers


class KindSerializer(serializers.Serializer):
    """One kind of refusal, in the catalogue."""

    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    mend = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """Why a request was refused (RFC 9457)."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    instance = serializers.CharField()
    request_id = serializers.CharField()


class InvalidSerializer(ProblemSerializer):
    """What is wrong, by field or parameter; rows of a bulk request by their number."""

    errors = serializers.DictField(required=False)
    rows = serializers.ListField(child=serializers.DictField(), required=False)


class HolderSerializer(serializers.Serializer):
    """A record that refers to the one that was to be deleted."""

    noun = serializers.CharField()
    key = serializers.CharField()
    name = serializers.CharField()


class HeldSerializer(ProblemSerializer):
    """What stands in the way: records that refer to this one."""

    holders = HolderSerializer(many=True, required=False)


class StaleSerializer(ProblemSerializer):
    """The record has another version than the one that was read; ETag names it."""

    version = serializers.IntegerField()
