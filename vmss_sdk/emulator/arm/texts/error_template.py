"""Reasons of the REST face for refusing a request, and the template of an error's text."""

from enum import StrEnum

import attrs

__all__ = ["ErrorReason", "ErrorTemplate"]


class ErrorReason(StrEnum):
    """Why the REST face itself refuses a request. The comment names the facts that the template needs."""

    # ARM's gateway
    MISSING_API_VERSION = "missing api-version"
    INVALID_API_VERSION = "invalid api-version"  # version, supported
    UNSERVED_API_VERSION = "unserved api-version"  # version, type, supported, location, locations
    INVALID_BODY = "invalid body"  # why
    BODY_MISSING = "body missing"
    BODY_TOO_LARGE = "body too large"
    BODY_TOO_SLOW = "body too slow"  # seconds
    UNKNOWN_TYPE = "unknown type"  # path
    HOST_INVALID = "host invalid"
    HOST_UNKNOWN = "host unknown"  # host
    CROSS_SITE = "cross site"
    MEDIA_TYPE = "media type"  # type
    METHOD_NOT_ALLOWED = "method not allowed"  # method
    GROUP_NOT_FOUND = "group not found"  # group
    GROUP_DELETING = "group deleting"  # group
    GROUP_LOCATION_MISSING = "group location missing"
    GROUP_LOCATION_FIXED = "group location fixed"  # wanted, location
    GROUP_LOCATION_UNKNOWN = "group location unknown"  # location, regions
    GROUP_NAME_INVALID = "group name invalid"  # group
    RESOURCE_NOT_FOUND = "resource not found"  # type, name, group
    PARENT_NOT_FOUND = "parent not found"  # name
    IDENTITY_IDS_MISSING = "identity ids missing"
    IDENTITY_VALUES_INVALID = "identity values invalid"  # ids
    RESOURCE_NAME_INVALID = "resource name invalid"  # name
    LOCATION_FIXED = "location fixed"  # name, location, group, wanted
    LOCATION_UNKNOWN = "location unknown"  # location, type, regions
    KEPT_NAME_INVALID = "kept name invalid"  # name
    ACTION_UNKNOWN = "action unknown"  # type, namespace, version, supported
    GLOBAL_NAME_INVALID = "global name invalid"  # code, text
    GLOBAL_NAME_TAKEN = "global name taken"  # code, text
    SCOPE_LOCKED = "scope locked"  # scope, verb, locks
    LOCK_LEVEL_INVALID = "lock level invalid"  # level
    LOCK_NOT_FOUND = "lock not found"  # name
    ROLE_ID_INVALID = "role id invalid"  # name
    ROLE_BUILT_IN = "role built in"  # name
    ROLE_NAME_TAKEN = "role name taken"  # name
    ROLE_IN_USE = "role in use"
    ROLE_NOT_FOUND = "role not found"  # name
    ASSIGNMENT_ID_INVALID = "assignment id invalid"  # name
    ASSIGNMENT_EXISTS = "assignment exists"  # id
    ASSIGNMENT_FIXED = "assignment fixed"
    ASSIGNMENT_NOT_FOUND = "assignment not found"  # name
    PRINCIPAL_ID_INVALID = "principal id invalid"  # name
    OBJECT_NOT_FOUND = "object not found"  # id
    GRAPH_QUERY_INVALID = "graph query invalid"  # why
    METRIC_UNKNOWN = "metric unknown"  # provider, type, metric, valid
    EXPORT_UNKNOWN = "export unknown"  # resource, group
    MOVE_NOT_EMULATED = "move not emulated"
    MOVE_PLACES_INVALID = "move places invalid"  # resource, source, target
    MOVE_OF_CHILD = "move of child"  # resource
    MOVE_CONFLICT = "move conflict"  # resource, group
    MOVE_OF_BALANCED = "move of balanced"  # resource, balancer
    TAGS_NAME_INVALID = "tags name invalid"  # name
    TAG_NAME_INVALID = "tag name invalid"  # names
    TAG_TOO_LONG = "tag too long"  # name, longest, most
    TOO_MANY_TAGS = "too many tags"  # count, most
    TAG_NAME_NOT_FOUND = "tag name not found"  # name
    TAG_NAME_IN_USE = "tag name in use"  # name
    PROVIDER_UNKNOWN = "provider unknown"  # namespace
    REFERENCE_INVALID = "reference invalid"  # id, target
    REFERENCE_NOT_FOUND = "reference not found"  # id
    DISK_ATTACHED = "disk attached"  # disk, vm
    NIC_IN_USE = "nic in use"  # nic, vm
    INTERFACE_IN_USE = "interface in use"  # nic, vm
    VM_SCALE_SET_FIXED = "vm scale set fixed"  # vm, scale_set
    INTERNAL = "internal"  # time, subscription, tracking
    # who calls
    TOKEN_MISSING = "token missing"
    TOKEN_MALFORMED = "token malformed"
    TOKEN_INVALID = "token invalid"
    TOKEN_EARLY = "token early"  # begin, now
    TOKEN_EXPIRED = "token expired"  # expiry, now
    TOKEN_AUDIENCE = "token audience"  # audience, allowed
    NOT_AUTHORIZED_LINKED = "not authorized linked"  # client, object, action, scope, actions, scopes
    NOT_AUTHORIZED = "not authorized"  # client, object, action, scope
    # the compute provider
    ETAG_DIFFERS = "etag differs"  # header, etag
    ETAG_EXISTS = "etag exists"  # header, etag
    ETAG_ABSENT = "etag absent"  # header
    UNKNOWN_MEMBER = "unknown member"  # member, type, path, line, position, target
    WRONG_TYPE = "wrong type"  # value, type, path, line, position, target
    TOO_DEEP = "too deep"  # path, line, position, target
    UNKNOWN_WORD = "unknown word"  # parameter, target
    REQUIRED = "required"  # parameter
    MORE = "more"  # count
    EMPTY_INSTANCE_IDS = "empty instance ids"
    INSTANCE_ID_NOT_NUMBER = "instance id not a number"
    ENTITY_NOT_FOUND = "entity not found"
    NO_UPGRADE_YET = "no upgrade yet"
    NOT_ON_FLEXIBLE = "not on flexible"  # operation, scale_set
    QUERY_INVALID = "query invalid"  # parameter, why
    OPERATION_NOT_FOUND = "operation not found"  # operation_id
    MAINTENANCE_NOT_ELIGIBLE = "maintenance not eligible"  # vm
    REPAIRS_NOT_ENABLED = "repairs not enabled"  # scale_set
    IMAGE_NOT_FOUND = "image not found"  # urn, location
    HANDLER_NOT_FOUND = "handler not found"  # publisher, kind, version
    # deployments
    TEMPLATE = "template"  # code, message
    DEPLOYMENT_INVALID = "deployment invalid"  # name, tracking
    DEPLOYMENT_NOT_FOUND = "deployment not found"  # name
    DEPLOYMENT_ACTIVE = "deployment active"  # name, since, until
    DEPLOYMENT_ENDED = "deployment ended"  # name, state
    DEPLOYMENT_CANCELED = "deployment canceled"  # name
    DEPLOYMENT_NAME_INVALID = "deployment name invalid"  # name
    LINK_NOT_EMULATED = "link not emulated"  # member
    NESTED_TOO_DEEP = "nested too deep"  # name, most
    DEPLOYMENT_FAILED = "deployment failed"
    RESOURCE_WRITE_FAILED = "resource write failed"  # state
    # the control plane, and what it lets go wrong
    CONTROL = "control"  # target, message
    THROTTLED = "throttled"
    TOO_MANY_REQUESTS = "too many requests"  # group, measured (JSON)
    BAD_GATEWAY = "bad gateway"
    SERVICE_UNAVAILABLE = "service unavailable"
    GATEWAY_TIMEOUT = "gateway timeout"


@attrs.frozen
class ErrorTemplate:
    """One error of the service; code, message and target are format strings over the facts."""

    status: int
    code: str
    message: str
    target: str = ""
    gateway: bool = False
