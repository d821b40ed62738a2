internal import OktaRuntime

/// The places of list cursors.
///
/// A cursor is a random text whose place is stored in the server, so that a client cannot make up a cursor to read
/// something else.
struct ListCursors: Sendable {
    /// A place in a list.
    struct Place: Sendable {
        /// The tool that started the list.
        let tool: String
        /// The part of the tool's result, such as `groups`; empty if it has a single list.
        let part: String
        /// The list.
        let list: AgentList
        /// The page; nil for the first one.
        let page: PageCursor?
        /// The number of items of the page that were returned.
        let skipped: Int
    }

    private static let maximumCount = 200
    private var places: [String: Place] = [:]
    private var order: [String] = []

    /// Stores a place and returns its cursor. The oldest places are dropped.
    mutating func keep(_ place: Place) -> String {
        let cursor = RandomText.make()
        places[cursor] = place
        order.append(cursor)
        if order.count > Self.maximumCount { places[order.removeFirst()] = nil }
        return cursor
    }

    /// Returns the place of a cursor; nil if it is unknown or was dropped.
    func place(_ cursor: String) -> Place? { places[cursor] }
}

/// A list that a tool reads.
struct AgentList: Sendable {
    /// The org's profile; nil for the default one.
    let org: String?
    /// The action.
    let action: CommandAction
    /// The values of the action's parameters.
    let values: [String: String]
    /// The maximum number of items in a result.
    var limit: Int
    /// The fields of each item as dotted paths; nil for whole items.
    let fields: [String]?
    /// The fields that the call requested.
    var askedFields: [String] = []
}
