import OktaRuntime

/// Filters read the stored user instead of a record: a search visits every user, and copying records costs more than
/// comparing.
extension StoredUser: FilterRow {
    func value(_ path: FilterPath) -> FilterValue {
        if let attribute = path.attribute {
            switch record.profile[attribute] {
            case .text(let text): return .text(text)
            case .json(let json): return FilterValue(json)
            case .null, nil: return .absent
            }
        }
        switch path.text {
        case "id": return .text(record.id)
        case "status": return .text(record.status.rawValue)
        case "created": return .time(record.created.seconds)
        case "activated": return Self.time(record.activated)
        case "statusChanged": return Self.time(record.statusChanged)
        case "lastLogin": return Self.time(record.lastLogin)
        case "lastUpdated": return .time(record.lastUpdated.seconds)
        case "passwordChanged": return Self.time(record.passwordChanged)
        case "type.id": return .text(record.typeID)
        case "realmId": return record.realmID.map { .text($0) } ?? .absent
        case "credentials.provider.type": return .text(record.credentials.providerType)
        case "credentials.provider.name": return .text(record.credentials.providerName)
        case "classification.type": return .text("STANDARD")
        default: return .absent
        }
    }

    private static func time(_ time: OrgTime?) -> FilterValue { time.map { .time($0.seconds) } ?? .absent }
}

/// The restrictions of `filter` on users compared with `search`: few attributes, only `eq` (and ranges of
/// `lastUpdated`), and no `not`.
enum UserFilterRule {
    private static let paths: Set = [
        "status", "lastUpdated", "id", "profile.login", "profile.email", "profile.firstName", "profile.lastName",
        "type.id",
    ]
    private static let ofDates: Set<FilterExpression.Comparison> = [
        .equal, .greater, .greaterOrEqual, .less, .lessOrEqual,
    ]

    static func check(_ expression: FilterExpression) throws(OrgFault) {
        let (tests, hasNot) = expression.comparisons
        if hasNot { throw .invalidSearch("The operator 'not' is not supported by filter.") }
        for (path, comparison) in tests {
            guard paths.contains(path.text) else {
                throw .invalidSearch("The attribute '\(path.text)' is not supported by filter.")
            }
            guard let comparison, path.text == "lastUpdated" ? ofDates.contains(comparison) : comparison == .equal
            else {
                throw .invalidSearch(
                    "The operator '\(comparison?.rawValue ?? "pr")' is not supported by filter for '\(path.text)'.")
            }
        }
    }
}

/// Finds the users that may match a filter without visiting all.
enum UserCandidates {
    /// Returns the users that may match a comparison with an indexed attribute; nil if all have to be visited.
    static func find(_ expression: FilterExpression, _ org: OrgState) -> [UserRecord]? {
        switch expression {
        case .compare(let path, .equal, .text(let text)):
            switch path.text {
            case "id": return org.users[text].map { [$0] } ?? []
            case "profile.login": return org.users.withLogin(text).map { [$0] } ?? []
            case "profile.email": return org.users.withEmail(text)
            default: return nil
            }
        case .and(let left, let right): return find(left, org) ?? find(right, org)
        case .or(let left, let right):
            guard let left = find(left, org), let right = find(right, org) else { return nil }
            let known = Set(left.map(\.id))
            return left + right.filter { !known.contains($0.id) }
        default: return nil
        }
    }

    /// Returns the states that may match.
    static func states(_ expression: FilterExpression) -> UserStatusSet {
        switch expression {
        case .compare(let path, .equal, .text(let text)) where path.text == "status":
            UserStatus(rawValue: text.uppercased()).map { UserStatusSet($0) } ?? []
        case .and(let left, let right): states(left).intersection(states(right))
        case .or(let left, let right): states(left).union(states(right))
        case .compare, .present, .not: .all
        }
    }
}
