import YAML

/// One operation of the API, under the name that people know it by.
public struct CatalogAction: Sendable, Hashable {
    /// The method on the wire.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// How far Okta has taken an operation.
    public enum Lifecycle: String, Sendable, Hashable, CaseIterable {
        /// Generally available.
        case generallyAvailable = "ga"
        /// Generally available to part of the orgs, such as those on Identity Engine.
        case limited = "limited"
        /// Early access.
        case earlyAccess = "ea"
        /// Beta.
        case beta = "beta"
    }

    /// That an operation is on its way out.
    public struct Deprecation: Sendable, Hashable {
        /// The upstream release that deprecated it.
        public var since: String?
        /// What to use in its place.
        public var instead: String?
    }

    /// A name that the action had before, kept as a deprecated function.
    public struct Rename: Sendable, Hashable {
        /// The former name in the catalog; nil where only the Swift name was another.
        public var from: Located<String>?
        /// The former Swift name where it was pinned; nil when it follows from ``from``.
        public var swiftName: Located<String>?
        /// The version of this package that brought the new name.
        public var since: String?
    }

    /// A request body.
    public struct Body: Sendable, Hashable {
        /// What it holds.
        public var type: TypeExpression
        /// Whether it may be left out.
        public var isOptional: Bool
        /// The media types that Okta takes, JSON when empty.
        public var media: [String]
    }

    /// Another form in which the response can be asked for.
    public struct Alternative: Sendable, Hashable {
        /// The media type to ask for.
        public var media: Located<String>
        /// What comes back.
        public var type: TypeExpression
    }

    /// The name in the catalog, unique within the category.
    public var name: Located<String>
    /// Other names that lead here, such as a mislabelled one of the list that users know.
    public var aliases: [Located<String>]
    /// The names that it had before, the latest last.
    public var renames: [Rename]
    /// A pinned Swift name; nil when it follows from ``name``.
    public var swiftName: Located<String>?
    /// What it does, in our words.
    public var summary: Located<String>
    /// More for those who read on.
    public var discussion: String?
    /// Whether the caller gives method and path: the one action that stands for any operation.
    public var isGeneric: Bool
    /// The method.
    public var method: Method
    /// The path with its placeholders in braces.
    public var path: Located<String>
    /// Okta's id of the operation: a hint for readers, never a key.
    public var upstream: String?
    /// The end of the address of Okta's reference page.
    public var reference: String?
    /// The parameters, path first, in the order of the catalog.
    public var parameters: [CatalogParameter]
    /// What is sent; nil when nothing is.
    public var body: Body?
    /// What comes back; nil when nothing does.
    public var returns: TypeExpression?
    /// What comes back under a status other than the usual one.
    public var otherReturns: [(status: Int, type: TypeExpression)] {
        otherReturnsByStatus.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    /// ``otherReturns`` by status.
    public var otherReturnsByStatus: [Int: TypeExpression]
    /// Other forms of the response.
    public var alternatives: [Alternative]
    /// The media type of the response when it is not JSON.
    public var accept: String?
    /// The success codes that Okta states.
    public var successCodes: [Int]
    /// Whether the response is a list that continues behind `Link: rel="next"`.
    public var isPaged: Bool
    /// The OAuth 2.0 scopes, any of which permits the call.
    public var scopes: [String]
    /// How far Okta has taken it.
    public var lifecycle: Lifecycle
    /// Set when it is on its way out.
    public var deprecation: Deprecation?
    /// The keys whose values a person decided, whatever Okta's document says.
    public var pinned: Set<String>
    /// The whole entry in the catalog.
    public var location: SourceLocation
}
