import OktaRuntime

/// The states of a user.
enum UserStatus: String, Sendable, CaseIterable {
    case staged = "STAGED"
    case provisioned = "PROVISIONED"
    case active = "ACTIVE"
    case recovery = "RECOVERY"
    case passwordExpired = "PASSWORD_EXPIRED"
    case lockedOut = "LOCKED_OUT"
    case suspended = "SUSPENDED"
    case deprovisioned = "DEPROVISIONED"
}

/// A user, stored compactly: an org may have 100,000 of them.
struct UserRecord: Sendable {
    let id: String
    var status: UserStatus
    var created: OrgTime
    var activated: OrgTime?
    var statusChanged: OrgTime?
    var lastLogin: OrgTime?
    var lastUpdated: OrgTime
    var passwordChanged: OrgTime?
    var typeID: String
    var realmID: String?
    var profile: UserAttributes
    var credentials: UserCredentials
}

/// What a user signs in with. Shared by all users without a password.
final class UserCredentials: Sendable {
    let password: String?
    let question: String?
    let answer: String?
    let providerType: String
    let providerName: String

    init(
        password: String? = nil, question: String? = nil, answer: String? = nil, providerType: String = "OKTA",
        providerName: String = "OKTA"
    ) {
        self.password = password
        self.question = question
        self.answer = answer
        self.providerType = providerType
        self.providerName = providerName
    }

    static let none = UserCredentials()

    /// The same with another password; the question stays.
    func with(password: String?) -> UserCredentials {
        UserCredentials(
            password: password, question: question, answer: answer, providerType: providerType,
            providerName: providerName)
    }

    /// The same with another question; the password stays.
    func with(question: String?, answer: String?) -> UserCredentials {
        UserCredentials(
            password: password, question: question, answer: answer, providerType: providerType,
            providerName: providerName)
    }
}

/// The attributes of a profile: values beside a list of names that users with the same attributes share.
struct UserAttributes: Sendable {
    /// A value. Texts, which nearly all are, need no JSON.
    enum Value: Sendable {
        case null
        case text(String)
        case json(JSON)

        init(_ json: JSON) {
            if let text = json.string {
                // A copy, so that the document of a request is not kept for one of its texts.
                self = .text(text)
            } else if json.kind == .null {
                self = .null
            } else {
                self = .json((try? JSON(parsing: json.bytes)) ?? .null)
            }
        }

        var json: JSON {
            switch self {
            case .null: .null
            case .text(let text): JSON(text)
            case .json(let json): json
            }
        }
    }

    /// The names, in order, with their positions.
    final class Layout: Sendable {
        let names: [String]
        let positions: [String: Int]

        init(_ names: [String]) {
            self.names = names
            positions = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
        }
    }

    private(set) var layout: Layout
    private(set) var values: [Value]

    init(layout: Layout, values: [Value]) {
        self.layout = layout
        self.values = values
    }

    /// The value of an attribute; nil when the profile has none of this name.
    subscript(name: String) -> Value? {
        guard let position = layout.positions[name] else { return nil }
        return values[position]
    }

    /// The text of an attribute.
    func text(_ name: String) -> String? {
        if case .text(let text)? = self[name] { return text }
        return nil
    }

    var json: JSON { JSON(members: zip(layout.names, values).map { ($0, $1.json) }) }
}
