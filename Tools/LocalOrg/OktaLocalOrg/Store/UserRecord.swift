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

/// A set of states, for searches by state.
struct UserStatusSet: OptionSet, Sendable {
    let rawValue: UInt8

    static let all = UserStatusSet(rawValue: .max)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ status: UserStatus) {
        let position =
            switch status {
            case .staged: 0
            case .provisioned: 1
            case .active: 2
            case .recovery: 3
            case .passwordExpired: 4
            case .lockedOut: 5
            case .suspended: 6
            case .deprovisioned: 7
            }
        rawValue = 1 << UInt8(position)
    }
}

/// A user in compact form: an org may have 100,000.
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
    /// The pending change of state.
    var transition: Transition?

    /// A pending change of state: until its end, the previous state is shown.
    struct Transition: Sendable {
        var from: UserStatus
        var until: OrgTime
    }

    /// Returns the state to show at a time, and the state that it is changing to.
    func shownStatus(at now: OrgTime) -> (status: UserStatus, target: UserStatus?) {
        guard let transition, now.seconds < transition.until.seconds, transition.from != status else {
            return (status, nil)
        }
        return (transition.from, status)
    }
}

/// A user in the table. It is a reference, so visiting every user copies none.
final class StoredUser: Sendable {
    let record: UserRecord

    init(_ record: UserRecord) { self.record = record }
}

/// The credentials of a user. All users without a password share one instance.
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

    /// Returns the credentials with another password and the same question.
    func with(password: String?) -> UserCredentials {
        UserCredentials(
            password: password, question: question, answer: answer, providerType: providerType,
            providerName: providerName)
    }

    /// Returns the credentials with another question and the same password.
    func with(question: String?, answer: String?) -> UserCredentials {
        UserCredentials(
            password: password, question: question, answer: answer, providerType: providerType,
            providerName: providerName)
    }
}
