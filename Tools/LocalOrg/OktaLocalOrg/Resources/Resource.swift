import OktaRuntime

/// A kind of object with a separate path, described by what differs from kind to kind. `ResourceOperations` has what
/// they share.
struct Resource: Sendable {
    /// What calls of `lifecycle/activate` and the like answer.
    enum LifecycleAnswer: Sendable {
        case object, emptyObject, emptyBody, noContent
    }

    /// The order of a list.
    enum Order: Sendable {
        case age
        /// By a text, letter case ignored.
        case text(String)
        /// By a whole number, then by age.
        case number(String)
    }

    /// A change that is about to be stored.
    struct Change {
        enum Verb { case create, replace, merge }

        let verb: Verb
        let call: Call
        let id: String
        /// The object before; nil for a new one.
        let previous: JSON?
        /// The id of the object that this one belongs to; `""` for the org.
        let parent: String
    }

    /// The path of the list, such as `/api/v1/zones`.
    let path: String
    /// Okta's internal name, as 404s have it.
    var type: String
    /// How ids begin.
    var prefix: String

    /// The methods below the path: `list`, `create`, `get`, `replace`, `merge`, `patch`, `delete`, and names of lifecycle
    /// calls with the state that they lead to.
    var verbs: Set<Verb> = [.list, .create, .get, .replace, .delete]
    enum Verb: Sendable, CaseIterable { case list, create, get, replace, merge, patch, delete }
    var lifecycle: [String: String] = [:]
    var lifecycleAnswer = LifecycleAnswer.object

    var createStatus = 200
    var deleteStatus = 204
    /// Whether an object that does not exist can be deleted.
    var deletesAbsent = false
    /// The state of a new object, whatever the request says; nil when the kind has no state.
    var initialStatus: String?
    /// Whether a replacement may set the state.
    var takesStatus = false
    /// Whether only an inactive object can be deleted, and the refusal.
    var deleteRefusal: OrgFault?

    /// The members with the dates of creation and change; `""` for none.
    var createdField = "created"
    var updatedField = "lastUpdated"
    /// How dates are written.
    var date: @Sendable (OrgTime) -> String = { $0.text }
    /// The member that is the id in paths, and whether the request names it.
    var idField = "id"
    var takesID = false

    /// A member by which paths may name an object too, such as `label`.
    var aliasField: String?

    /// Members that are added where the request has none, and after a replacement.
    var defaults: JSONTemplate = "{}"
    /// Members that a replacement keeps when it has none.
    var kept: [String] = []
    /// Paths of members that are stored but never shown, such as secrets.
    var hidden: [String] = []
    /// Paths of texts that are stored as null when they are empty.
    var nulledTexts: [String] = []
    /// Members that the server sets, so that those of the request do not count.
    var serverFields: [String] = ["_links", "_embedded"]
    /// The links, by state where they differ.
    var links: @Sendable (JSON) -> JSONTemplate = { _ in "{}" }

    /// Whether objects are kept by all placeholders of the path rather than by the last, which is no id then.
    var joinsParents = false
    var page: PageRule? = PageRule(20)
    var order = Order.age
    /// Whether `q` is compared with the beginning of this member.
    var queryField: String?
    /// Whether `sortBy` and `sortOrder` choose the order.
    var takesOrder = false
    /// The member of an object that wraps the list; nil for a plain array.
    var wrapper: String?
    /// Whether answers with one object have a `Link` to it.
    var linksToSelf = false

    /// Checks and completes an object before it is stored.
    var prepare: @Sendable (inout JSON, Change, inout OrgState) throws(OrgFault) -> Void = { _, _, _ in }
    /// Completes an object before it is shown.
    var present: @Sendable (inout JSON, Call, OrgState) -> Void = { _, _, _ in }
    /// The answer to a create, where it says more or less than the next read.
    var answerCreate: @Sendable (_ answer: inout JSON, _ stored: JSON) -> Void = { _, _ in }
    /// The answer to a replacement.
    var answerReplace: @Sendable (_ answer: inout JSON, _ stored: JSON, _ previous: JSON) -> Void = { _, _, _ in }
    /// What follows from a change: the object, the one before, and the org.
    var didStore: @Sendable (JSON, Change, inout OrgState) throws(OrgFault) -> Void = { _, _, _ in }
    var willDelete: @Sendable (JSON, Call, inout OrgState) throws(OrgFault) -> Void = { _, _, _ in }
    var didDelete: @Sendable (JSON, Call, inout OrgState) -> Void = { _, _, _ in }
    /// The field of the query that has a filter; nil where a list takes none.
    var filterField: String?
    /// Whether an object fits a filter, where more than its members counts.
    var fits: @Sendable (FilterExpression, JSON, OrgState) -> Bool = { filter, json, _ in
        filter.matches(json)
    }
    /// Checks what a request for a list asks for, whether or not there are objects.
    var checkList: @Sendable (Call, OrgState) throws(OrgFault) -> Void = { _, _ in }
    /// The objects of a list that a request asks for, beyond `q`.
    var selects: @Sendable (JSON, Call, OrgState) throws(OrgFault) -> Bool = { _, _, _ in true }

    /// The type of event in the System Log, such as `zone`, before `.create`; nil for none.
    var event: String?
    /// Types of events that are not named after the change, by change: `create`, `update`, `delete`, or a lifecycle call.
    var eventNames: [String: String] = [:]

    init(_ path: String, _ type: String, _ prefix: String, _ adjust: (inout Resource) -> Void = { _ in }) {
        self.path = path
        self.type = type
        self.prefix = prefix
        adjust(&self)
    }

    /// The name of its tables: the path without the names of its placeholders.
    var kind: String { Operation.normal(path) }

    /// The states that nearly all kinds have.
    static let onAndOff = ["activate": "ACTIVE", "deactivate": "INACTIVE"]
}
