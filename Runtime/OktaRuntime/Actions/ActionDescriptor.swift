public import HTTPTypes

/// One action of the API as data, for programs that choose an action at run time.
///
/// Prefer the typed functions when the action is known at compile time: see the groups of ``OktaClient``.
public struct ActionDescriptor: Sendable, Hashable {
    /// One parameter of an action.
    public struct Parameter: Sendable, Hashable {
        /// The location of a parameter in a request.
        public enum Location: String, Sendable, Hashable {
            /// In the path, as one segment.
            case path
            /// In the query.
            case query
            /// In a header field.
            case header
        }

        /// The type of a parameter's value.
        #if hasAttribute(nonexhaustive)
        @nonexhaustive
        #endif
        public enum ValueType: String, Sendable, Hashable {
            /// Text.
            case string
            /// A whole number.
            case integer
            /// A number.
            case number
            /// `true` or `false`.
            case boolean
            /// A date in ISO 8601 format.
            case dateTime
            /// Several values, joined with commas.
            case list
        }

        /// The name on the wire.
        public var name: String
        /// The location in the request.
        public var location: Location
        /// The type of its value.
        public var type: ValueType
        /// Whether the parameter is required.
        public var isRequired: Bool
        /// Whether each element of a list is sent as a separate parameter, instead of all joined with commas.
        public var isRepeated = false
    }

    /// Okta's lifecycle stage of an action. Okta may add stages.
    public struct Lifecycle: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// Okta's name for the stage, such as `ea`.
        public let rawValue: String

        /// Creates a stage from Okta's name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Generally available: open to every org.
        public static let generallyAvailable = Lifecycle(rawValue: "ga")
        /// Limited general availability: not available in every org.
        public static let limited = Lifecycle(rawValue: "limited")
        /// Early access: an org turns it on.
        public static let earlyAccess = Lifecycle(rawValue: "ea")
        /// Beta: open to selected orgs.
        public static let beta = Lifecycle(rawValue: "beta")

        /// Okta's name for the stage.
        public var description: String { rawValue }
    }

    /// How the calls of an action authenticate. Okta may add methods.
    public struct Authorization: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The name in the catalog, such as `oauth2`.
        public let rawValue: String

        /// Creates a method from its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// An API token or an OAuth 2.0 access token.
        public static let token = Authorization(rawValue: "token")
        /// An OAuth 2.0 access token. API tokens are refused.
        public static let oauth2 = Authorization(rawValue: "oauth2")
        /// An API token. Access tokens are refused.
        public static let apiToken = Authorization(rawValue: "apiToken")
        /// The credentials of an OAuth 2.0 client.
        public static let client = Authorization(rawValue: "client")
        /// No credentials, because the operation is public.
        public static let anonymous = Authorization(rawValue: "none")

        /// The name in the catalog.
        public var description: String { rawValue }
    }

    /// The category as in the list of actions, such as `Authorizationserver`.
    public let category: String
    /// The action's name, such as `List Users`.
    public let name: String
    /// Other names under which the action is listed.
    public let aliases: [String]
    /// The typed function, such as `user.listUsers`.
    public let swiftName: String
    /// The method; `nil` for the generic request, which accepts any.
    public let method: HTTPRequest.Method?
    /// The path with placeholders in braces; `nil` for the generic request.
    public let path: String?
    /// The name of the body's model, such as `CreateUserRequest`; `nil` without a body.
    public let body: String?
    /// The media types of the body that Okta accepts when it is not JSON.
    public let bodyMedia: [String]
    /// The type of the response, such as `[User]`; `nil` without one.
    public let returns: String?
    /// The media type of the response when it is not JSON.
    public let accept: String?
    /// Whether the response is a page of a list, with a link to the next one.
    public let isPaged: Bool
    /// The member of a page that contains its items; `nil` if the page is an array.
    public let pageItems: String?
    /// The label before the org's host name, such as `drapp`; `nil` for the org's own host.
    public let hostPrefix: String?
    /// The credentials that a call authenticates with.
    public let authorization: Authorization
    /// The OAuth 2.0 scopes, any of which permits the call.
    public let scopes: [String]
    /// Okta's lifecycle stage.
    public let lifecycle: Lifecycle
    /// Whether Okta has deprecated the action.
    public let isDeprecated: Bool
    /// The parameters in compact form, separated by spaces: `location:name:type`, followed by `+` for a list with one
    /// parameter per element and `!` for a required parameter.
    private let parameterList: String

    /// Creates a descriptor of an action that is not in a catalog.
    ///
    /// The arguments set the properties of the same names. `parameters` lists the parameters as `location:name:type`,
    /// with a trailing `!` if required, separated by spaces, such as `path:id:string! query:limit:integer`.
    public init(
        category: String, name: String, aliases: [String] = [], swiftName: String, method: String? = nil,
        path: String? = nil, parameters: String = "", body: String? = nil, bodyMedia: [String] = [],
        returns: String? = nil, accept: String? = nil, isPaged: Bool = false, pageItems: String? = nil,
        hostPrefix: String? = nil, authorization: String = "token", scopes: [String] = [], lifecycle: String = "ga",
        isDeprecated: Bool = false
    ) {
        self.category = category
        self.name = name
        self.aliases = aliases
        self.swiftName = swiftName
        self.method = method.flatMap { HTTPRequest.Method($0) }
        self.path = path
        self.body = body
        self.bodyMedia = bodyMedia
        self.returns = returns
        self.accept = accept
        self.isPaged = isPaged
        self.pageItems = pageItems
        self.hostPrefix = hostPrefix
        self.authorization = Authorization(rawValue: authorization)
        self.scopes = scopes
        self.lifecycle = Lifecycle(rawValue: lifecycle)
        self.isDeprecated = isDeprecated
        parameterList = parameters
    }

    /// Reads an action of a category from the text of a generated module. The members have the names of the parameters
    /// above; `function` is the Swift name without the group.
    init(_ action: JSON, in category: JSON) {
        func text(_ name: String) -> String? { action[name]?.string }
        func texts(_ name: String) -> [String] { action[name]?.elements?.compactMap(\.string) ?? [] }
        self.init(
            category: category["category"]?.string ?? "", name: text("name") ?? "", aliases: texts("aliases"),
            swiftName: "\(category["group"]?.string ?? "").\(text("function") ?? "")", method: text("method"),
            path: text("path"), parameters: text("parameters") ?? "", body: text("body"), bodyMedia: texts("bodyMedia"),
            returns: text("returns"), accept: text("accept"), isPaged: action["isPaged"]?.bool ?? false,
            pageItems: text("pageItems"), hostPrefix: text("hostPrefix"),
            authorization: text("authorization") ?? Authorization.token.rawValue, scopes: texts("scopes"),
            lifecycle: text("lifecycle") ?? "ga", isDeprecated: action["isDeprecated"]?.bool ?? false)
    }

    /// The parameters: path parameters in the path's order, then query parameters, then header fields.
    public var parameters: [Parameter] {
        parameterList.split(separator: " ").compactMap { text in
            // The first and the last colon separate the parts. Names of parameters contain no colon.
            guard let first = text.firstIndex(of: ":"), let last = text.lastIndex(of: ":"), first < last,
                let location = Parameter.Location(rawValue: String(text[..<first]))
            else { return nil }
            let isRequired = text.hasSuffix("!")
            let marked = text[text.index(after: last)...]
            let type = String(marked.prefix { $0 != "!" && $0 != "+" })
            return Parameter(
                name: String(text[text.index(after: first)..<last]), location: location,
                type: Parameter.ValueType(rawValue: type) ?? .string, isRequired: isRequired,
                isRepeated: marked.contains("+"))
        }
    }
}
