public import OktaRuntime

extension OrgEngine {
    /// Adds users of a fictional company. Equal seeds give equal users.
    ///
    /// - Parameter users: The number of users.
    public func seed(users: Int) {
        edit(state: { org in Seeding.add(users: users, &org) })
    }

    /// Adds objects in the form of the API, by the path of their list: `{"/api/v1/groups": [{"id": …}, …]}`.
    ///
    /// - Throws: ``SeedError`` for another form, or for an object without an identifying member. Nothing is added then.
    public func seed(objects: JSON) throws(SeedError) {
        guard let lists = objects.members else {
            throw SeedError(problem: "the seed must be an object of lists by path")
        }
        let problem: String? = edit(state: { org in
            var seeded = org
            for (path, list) in lists {
                guard path.hasPrefix("/"), let elements = list.elements else {
                    return "'\(path)' must be a path, and its value a list of objects"
                }
                for (index, element) in Seeding.byAge(elements)
                where !ObjectImport.store(element, below: path, &seeded) {
                    let needed = path == "/api/v1/users" ? "an 'id' and a known 'status'" : "an 'id'"
                    return "object \(index + 1) of '\(path)' needs \(needed)"
                }
                Seeding.orderByAge(path, &seeded)
            }
            org = seeded
            return nil
        })
        if let problem { throw SeedError(problem: problem) }
    }
}

/// An error in a seed.
public struct SeedError: Error, CustomStringConvertible {
    /// The problem.
    public let problem: String

    /// The problem as a sentence.
    public var description: String { "The seed cannot be read: \(problem)." }
}

/// Generates fictional users.
enum Seeding {
    private static let firstNames = [
        "Ada", "Alan", "Barbara", "Claude", "Dorothy", "Edsger", "Frances", "Grace", "Hedy", "Ivan", "Jean",
        "Katherine",
        "Leslie", "Margaret", "Niklaus", "Ole", "Radia", "Shafi", "Tim", "Whitfield",
    ]
    private static let lastNames = [
        "Allen", "Backus", "Clarke", "Dahl", "Engelbart", "Floyd", "Goldberg", "Hopper", "Iverson", "Johnson", "Knuth",
        "Liskov", "Milner", "Nygaard", "Perlman", "Ritchie", "Shannon", "Turing", "Vaughan", "Wirth",
    ]
    private static let departments = ["Engineering", "Finance", "Legal", "Marketing", "Operations", "Sales", "Support"]
    private static let names = [
        "firstName", "lastName", "mobilePhone", "department", "employeeNumber", "secondEmail", "login", "email",
    ]

    /// Returns the objects of a list by age, with their positions. Okta's ids ascend with age, and an export can have
    /// any order. Objects with other ids keep their order.
    static func byAge(_ list: [JSON]) -> [(offset: Int, element: JSON)] {
        let rows = Array(list.enumerated())
        guard list.allSatisfy({ $0.text("id")?.utf8.count == 20 }) else { return rows }
        return rows.sorted { ($0.element.text("id") ?? "") < ($1.element.text("id") ?? "") }
    }

    /// Orders the objects of a list by age, including those of the new org.
    static func orderByAge(_ path: String, _ org: inout OrgState) {
        if path == "/api/v1/users" { org.users.orderByAge() } else { org.tables[path].orderByAge() }
    }

    static func add(users: Int, _ org: inout OrgState) {
        guard users > 0 else { return }
        org.users.reserve(users)
        let layout = org.users.layout(names)
        let first = org.users.count
        for number in first..<first + users {
            let given = firstNames[number % firstNames.count]
            let family = lastNames[number / firstNames.count % lastNames.count]
            let login = "\(given).\(family).\(number)@example.com".lowercased()
            let values: [UserAttributes.Value] = [
                .text(given), .text(family), .null, .text(departments[number % departments.count]),
                .text(String(100_000 + number)), .null, .text(login), .text(login),
            ]
            let status: UserStatus =
                number % 50 == 49
                ? .deprovisioned : number % 25 == 24 ? .suspended : number % 10 == 9 ? .provisioned : .active
            org.users.store(
                UserRecord(
                    id: org.ids.next("00u"), status: status, created: org.now, activated: org.now,
                    statusChanged: org.now, lastLogin: nil, lastUpdated: org.now,
                    passwordChanged: status == .active ? org.now : nil, typeID: org.identity.defaultTypeID,
                    realmID: org.identity.realmID, profile: UserAttributes(layout: layout, values: values),
                    credentials: status == .active ? withPassword : .none))
        }
    }

    private static let withPassword = UserCredentials(password: "Password-1234")
}
