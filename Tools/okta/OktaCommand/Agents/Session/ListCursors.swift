internal import OktaRuntime

/// Where lists go on: what a cursor stands for.
///
/// A cursor is a random text. What it stands for stays in the server, so that no text from outside chooses what is
/// read.
struct ListCursors: Sendable {
    /// A place in a list.
    struct Place: Sendable {
        /// The tool that began the list.
        let tool: String
        /// The part of the tool's answer, such as `groups`; empty where it has one list.
        let part: String
        /// The list.
        let list: AgentList
        /// The page; nil for the first one.
        let page: PageCursor?
        /// How many items of the page were returned.
        let skipped: Int
    }

    private static let most = 200
    private var places: [String: Place] = [:]
    private var order: [String] = []

    /// Keeps a place, and forgets the oldest of many.
    mutating func keep(_ place: Place) -> String {
        let cursor = RandomText.make()
        places[cursor] = place
        order.append(cursor)
        if order.count > Self.most { places[order.removeFirst()] = nil }
        return cursor
    }

    /// The place; nil for a cursor that is unknown or forgotten.
    func place(_ cursor: String) -> Place? { places[cursor] }
}

/// A list of the org that a tool reads.
struct AgentList: Sendable {
    /// The org's profile; nil for the default one.
    let org: String?
    /// The action.
    let action: CommandAction
    /// The values of its parameters.
    let values: [String: String]
    /// The most items of one answer.
    var limit: Int
    /// The fields of each item, as paths with dots; nil for whole items.
    let fields: [String]?
    /// The fields that the call has named.
    var askedFields: [String] = []
}
