/// The names by which a tail finds its way in a list: those of Okta's events unless told otherwise.
public struct TailFields: Sendable, Hashable {
    /// The member that tells one element from another.
    public var identifier: String

    /// The member with the time at which an element came into being.
    public var time: String

    /// The query parameter that makes the list begin at a time.
    public var since: String

    /// Creates a set of names.
    public init(identifier: String = "uuid", time: String = "published", since: String = "since") {
        self.identifier = identifier
        self.time = time
        self.since = since
    }
}
