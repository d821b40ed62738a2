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

/// A set of states, as a search by state asks for.
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
    /// The change of state that the API still shows as in progress.
    var transition: Transition?

    /// A change of state that is in progress: until it is over, the state before is shown.
    struct Transition: Sendable {
        var from: UserStatus
        var until: OrgTime
    }

    /// The state that is shown at a time, and the one that it changes to.
    func shownStatus(at now: OrgTime) -> (status: UserStatus, target: UserStatus?) {
        guard let transition, now.seconds < transition.until.seconds, transition.from != status else {
            return (status, nil)
        }
        return (transition.from, status)
    }
}

/// A user as the table keeps it: a reference, so that a look at every user copies none of them.
final class StoredUser: Sendable {
    let record: UserRecord

    init(_ record: UserRecord) { self.record = record }
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
