public import YAML

/// One operation of the API, with its commonly known name.
public struct CatalogAction: Sendable, Hashable {
    /// The method on the wire.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// Okta's lifecycle stage of an operation.
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

    /// The credentials of a call, for operations that do not accept both kinds of tokens.
    public enum Authorization: String, Sendable, Hashable, CaseIterable {
        /// No credentials, because the operation is public.
        case anonymous = "none"
        /// The id and the secret or key of an OAuth 2.0 client, instead of a token.
        case client
        /// An OAuth 2.0 access token.
        case oauth2
        /// An API token.
        case apiToken
    }

    /// The position of the items in a response with a page of a list.
    public enum Paging: Sendable, Hashable {
        /// The response is the list, and `Link: rel="next"` refers to the next page.
        case link
        /// A member of the response is the list, and `_links.next` of the response refers to the next page.
        case member(Located<String>)
    }

    /// The deprecation of an operation.
    public struct Deprecation: Sendable, Hashable {
        /// The release of Okta's document that deprecated the operation.
        public var since: String?
        /// The replacement to use.
        public var instead: String?
    }

    /// A former name of the action, kept as a deprecated function.
    public struct Rename: Sendable, Hashable {
        /// The former name in the catalog; nil if only the Swift name was different.
        public var from: Located<String>?
        /// The former Swift name, if it was pinned; nil if it is derived from ``from``.
        public var swiftName: Located<String>?
        /// The version of this package that introduced the new name.
        public var since: String?
    }

    /// A request body.
    public struct Body: Sendable, Hashable {
        /// Its type.
        public var type: TypeExpression
        /// Whether it may be omitted.
        public var isOptional: Bool
        /// The media types that Okta accepts; JSON when empty.
        public var media: [String]

        /// The media type of the values of an HTML form.
        public static let formMedia = "application/x-www-form-urlencoded"
        /// Whether the members of the model are sent as the values of a form.
        public var isForm: Bool { media.contains(Self.formMedia) && !type.isBodyOnly }
    }

    /// An alternative media type of the response.
    public struct Alternative: Sendable, Hashable {
        /// The media type to request.
        public var media: Located<String>
        /// The type of the response.
        public var type: TypeExpression
    }

    /// The name in the catalog, unique within the category.
    public var name: Located<String>
    /// Other names of the action, such as a mislabeled one in the list that users know.
    public var aliases: [Located<String>] = []
    /// The former names, the latest last.
    public var renames: [Rename] = []
    /// A pinned Swift name; nil if it is derived from ``name``.
    public var swiftName: Located<String>?
    /// A summary in our words.
    public var summary: Located<String>
    /// Further documentation.
    public var discussion: String?
    /// Whether the caller supplies method and path, as for the one action for arbitrary operations.
    public var isGeneric = false
    /// The method.
    public var method: Method
    /// The path with its placeholders in braces.
    public var path: Located<String>
    /// The label before the org's host, if the operation is on another host.
    public var hostPrefix: Located<String>?
    /// Okta's id of the operation, which is a hint for readers and not used as a key.
    public var upstream: String?
    /// The path of Okta's reference page, relative to the base URL.
    public var reference: String?
    /// The parameters, path first, in the order of the catalog.
    public var parameters: [CatalogParameter] = []
    /// The request body; nil if there is none.
    public var body: Body?
    /// The type of the response; nil if there is none.
    public var returns: TypeExpression?
    /// The types of responses with other success statuses.
    public var otherReturns: [(status: Int, type: TypeExpression)] {
        otherReturnsByStatus.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    /// ``otherReturns`` by status.
    public var otherReturnsByStatus: [Int: TypeExpression] = [:]
    /// Alternative media types of the response.
    public var alternatives: [Alternative] = []
    /// The media type of the response when it is not JSON.
    public var accept: String?
    /// The success codes that Okta states.
    public var successCodes: [Int] = []
    /// The position of the items in a response with a page of a list; nil for any other response.
    public var paging: Paging?
    /// The credentials of a call; nil for either token of the org.
    public var authorization: Authorization?
    /// The OAuth 2.0 scopes, any of which permits the call.
    public var scopes: [String] = []
    /// Okta's lifecycle stage.
    public var lifecycle = Lifecycle.generallyAvailable
    /// The deprecation, if the operation is deprecated.
    public var deprecation: Deprecation?
    /// The keys whose values are pinned against Okta's document.
    public var pinned: Set<String> = []
    /// The whole entry in the catalog.
    public var location: SourceLocation
}

extension CatalogAction {
    /// The types of the bodies of its request and responses.
    package var bodyTypes: [TypeExpression] {
        [body?.type, returns].compactMap { $0 } + otherReturns.map(\.type) + alternatives.map(\.type)
    }
}
