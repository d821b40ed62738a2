import OktaRuntime

/// A kind of object with its own path. It has what differs between kinds; `ResourceOperations` has what they share.
struct Resource: Sendable {
    /// The response of lifecycle operations, such as `lifecycle/activate`.
    enum LifecycleResponse: Sendable {
        case object, emptyObject, emptyBody, noContent
    }

    /// The order of a list.
    enum Order: Sendable {
        case age
        /// By a text, case-insensitive.
        case text(String)
        /// By an integer, then by age.
        case number(String)
    }

    /// A pending change of an object.
    struct Change {
        enum Verb { case create, replace, merge }

        let verb: Verb
        let call: Call
        let id: String
        /// The previous object; nil for a new one.
        let previous: JSON?
        /// The id of the object's parent; `""` for the org.
        let parent: String
    }

    /// The path of the list, such as `/api/v1/zones`.
    let path: String
    /// Okta's internal name, as in 404 errors.
    var type: String
    /// The prefix of ids.
    var prefix: String

    /// The operations below the path: `list`, `create`, `get`, `replace`, `merge`, `patch` and `delete`.
    var verbs: Set<Verb> = [.list, .create, .get, .replace, .delete]
    enum Verb: Sendable, CaseIterable { case list, create, get, replace, merge, patch, delete }
    var lifecycle: [String: String] = [:]
    var lifecycleResponse = LifecycleResponse.object

    var createStatus = 200
    var deleteStatus = 204
    /// Whether deleting an object that does not exist succeeds.
    var deletesAbsent = false
    /// The state of a new object, regardless of the request; nil if the kind has no state.
    var initialStatus: String?
    /// Whether a replacement can set the state.
    var takesStatus = false
    /// The error for deleting an active object; nil if that is allowed.
    var deleteRefusal: OrgFault?
    /// Throws if a lifecycle call may not set this status. Gets the object, the status and the id of the parent.
    var willSetStatus: @Sendable (JSON, String, _ parent: String, OrgState) throws(OrgFault) -> Void = { _, _, _, _ in }

    /// The members with the dates of creation and last change; `""` for none.
    var createdField = "created"
    var updatedField = "lastUpdated"
    /// The date format.
    var date: @Sendable (OrgTime) -> String = { $0.text }
    /// The member with the id in paths, and whether the request sets it.
    var idField = "id"
    var takesID = false

    /// A further member that identifies objects in paths, such as `label`.
    var aliasField: String?

    /// Default members of new and replaced objects.
    var defaults: JSONTemplate = "{}"
    /// Members that a replacement keeps if it omits them.
    var kept: [String] = []
    /// Paths of members that are stored but never shown, such as secrets.
    var hidden: [String] = []
    /// Paths of empty texts that are stored as null.
    var nulledTexts: [String] = []
    /// Members that only the server sets. Those in a request are ignored.
    var serverFields: [String] = ["_links", "_embedded"]
    /// The links, which may depend on the state.
    var links: @Sendable (JSON) -> JSONTemplate = { _ in "{}" }

    /// Whether objects are stored by all path parameters instead of the last, which is not a unique id then.
    var joinsParents = false
    var page: PageRule? = PageRule(20)
    var order = Order.age
    /// The member that `q` is a prefix of.
    var queryField: String?
    /// Whether `sortBy` and `sortOrder` are supported.
    var takesOrder = false
    /// The member of an object that wraps the list; nil for a plain array.
    var wrapper: String?
    /// Whether responses with a single object have a `Link` to it.
    var linksToSelf = false
    /// Whether the link of a list to itself has the host of the Admin Console.
    var linksToAdmin = false

    /// Checks and completes an object before it is stored.
    var prepare: @Sendable (inout JSON, Change, inout OrgState) throws(OrgFault) -> Void = { _, _, _ in }
    /// Completes an object before it is shown.
    var present: @Sendable (inout JSON, Call, OrgState) -> Void = { _, _, _ in }
    /// Completes the object in the response to its creation, where it differs from the next read.
    var presentCreated: @Sendable (_ shown: inout JSON, _ stored: JSON) -> Void = { _, _ in }
    /// Completes the object in the response to a replacement.
    var presentReplaced: @Sendable (_ shown: inout JSON, _ stored: JSON, _ previous: JSON) -> Void = { _, _, _ in }
    /// Applies the effects of a change.
    var didStore: @Sendable (JSON, Change, inout OrgState) throws(OrgFault) -> Void = { _, _, _ in }
    var willDelete: @Sendable (JSON, Call, inout OrgState) throws(OrgFault) -> Void = { _, _, _ in }
    var didDelete: @Sendable (JSON, Call, inout OrgState) -> Void = { _, _, _ in }
    /// The query parameter with a filter; nil if the list supports none.
    var filterField: String?
    /// Whether an object matches a filter that is not only about its members.
    var fits: @Sendable (FilterExpression, JSON, OrgState) -> Bool = { filter, json, _ in
        filter.matches(json)
    }
    /// Checks the parameters of a list, even if it is empty.
    var checkList: @Sendable (Call, OrgState) throws(OrgFault) -> Void = { _, _ in }
    /// Whether a list with these parameters includes an object, in addition to `q`.
    var selects: @Sendable (JSON, Call, OrgState) throws(OrgFault) -> Bool = { _, _, _ in true }

    /// The event type in the System Log before `.create`, such as `zone`; nil for none.
    var event: String?
    /// Event types that are not named after the change, by change: `create`, `update`, `delete`, or a lifecycle
    /// operation.
    var eventNames: [String: String] = [:]

    init(_ path: String, _ type: String, _ prefix: String, _ adjust: (inout Resource) -> Void = { _ in }) {
        self.path = path
        self.type = type
        self.prefix = prefix
        adjust(&self)
    }

    /// The name of the kind's tables: the path without placeholder names.
    var kind: String { Operation.normal(path) }

    /// The lifecycle operations of nearly all kinds, with the resulting states.
    static let onAndOff = ["activate": "ACTIVE", "deactivate": "INACTIVE"]
}
