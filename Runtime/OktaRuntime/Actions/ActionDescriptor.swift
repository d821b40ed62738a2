public import HTTPTypes

/// One action of the API as data, for those who choose an action while their program runs.
///
/// Typed functions are the better way wherever the action is known: see the groups of ``OktaClient``.
public struct ActionDescriptor: Sendable, Hashable {
    /// One parameter of an action.
    public struct Parameter: Sendable, Hashable {
        /// Where a parameter travels.
        public enum Place: String, Sendable, Hashable {
            /// In the path, as one segment.
            case path
            /// In the query.
            case query
            /// As a header field.
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
            /// A time in ISO 8601 form.
            case dateTime
            /// Several values, joined by commas.
            case list
        }

        /// The name on the wire.
        public var name: String
        /// Where it travels.
        public var place: Place
        /// The type of its value.
        public var type: ValueType
        /// Whether a call without it is refused.
        public var isRequired: Bool
    }

    /// How far Okta has taken an action. Okta may add stages.
    public struct Lifecycle: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// Okta's word for the stage, such as `ea`.
        public let rawValue: String

        /// Creates a stage by Okta's word.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Open to every org.
        public static let generallyAvailable = Lifecycle(rawValue: "ga")
        /// Open to every org, with limits.
        public static let limited = Lifecycle(rawValue: "limited")
        /// Early access: an org turns it on.
        public static let earlyAccess = Lifecycle(rawValue: "ea")
        /// Open to chosen orgs.
        public static let beta = Lifecycle(rawValue: "beta")

        /// Okta's word.
        public var description: String { rawValue }
    }

    /// The category as the list of actions names it, such as `Authorizationserver`.
    public let category: String
    /// The action's name, such as `List Users`.
    public let name: String
    /// Other names under which the action is listed.
    public let aliases: [String]
    /// The typed function, such as `user.listUsers`.
    public let swiftName: String
    /// The method; nil for the generic request, which takes any.
    public let method: HTTPRequest.Method?
    /// The path with its placeholders in braces; nil for the generic request.
    public let path: String?
    /// The name of the body's model, such as `CreateUserRequest`; nil when nothing is sent.
    public let body: String?
    /// The type of the response, such as `[User]`; nil when nothing comes back.
    public let returns: String?
    /// The media type of the response when it is not JSON.
    public let accept: String?
    /// Whether the response is a list that continues behind `Link: rel="next"`.
    public let isPaged: Bool
    /// The OAuth 2.0 scopes, any of which permits the call.
    public let scopes: [String]
    /// How far Okta has taken it.
    public let lifecycle: Lifecycle
    /// Whether Okta is retiring it.
    public let isDeprecated: Bool
    /// The parameters in their compact form: `place:name:type`, with a `!` behind a required one, separated by spaces.
    private let parameterList: String

    /// Creates a descriptor; for generated code.
    public init(
        category: String, name: String, aliases: [String] = [], swiftName: String, method: String? = nil,
        path: String? = nil, parameters: String = "", body: String? = nil, returns: String? = nil,
        accept: String? = nil,
        isPaged: Bool = false, scopes: [String] = [], lifecycle: String = "ga", isDeprecated: Bool = false
    ) {
        self.category = category
        self.name = name
        self.aliases = aliases
        self.swiftName = swiftName
        self.method = method.flatMap { HTTPRequest.Method($0) }
        self.path = path
        self.body = body
        self.returns = returns
        self.accept = accept
        self.isPaged = isPaged
        self.scopes = scopes
        self.lifecycle = Lifecycle(rawValue: lifecycle)
        self.isDeprecated = isDeprecated
        parameterList = parameters
    }

    /// The parameters: of the path in its order, then of the query, then header fields.
    public var parameters: [Parameter] {
        parameterList.split(separator: " ").compactMap { text in
            // A header's or query parameter's name holds no colon, so the outer two separate.
            guard let first = text.firstIndex(of: ":"), let last = text.lastIndex(of: ":"), first < last,
                let place = Parameter.Place(rawValue: String(text[..<first]))
            else { return nil }
            let isRequired = text.hasSuffix("!")
            let type = String(text[text.index(after: last)...].prefix { $0 != "!" })
            return Parameter(
                name: String(text[text.index(after: first)..<last]), place: place,
                type: Parameter.ValueType(rawValue: type) ?? .string, isRequired: isRequired)
        }
    }
}
