import HTTPTypes
import OktaRuntime
import Testing

@testable import OktaCommand

@Suite struct ChangeKindTests {
    private func action(_ category: String, _ name: String) throws -> CommandAction {
        try CommandCatalog.all.category(category).action(name)
    }

    private func word(_ category: String, _ name: String) throws -> String {
        switch try action(category, name).change {
        case .none: "none"
        case .update(let reading): "update by \(reading.action.name)"
        case .deletion(let reading): "deletion by \(reading.action.name)"
        case .transition(let reading): "transition by \(reading.action.name)"
        case .membership(let isAddition, let listing): "membership \(isAddition) in \(listing.action.name)"
        case .creation(let listing): "creation in \(listing.action.name)"
        case .invisible: "invisible"
        }
    }

    @Test("Changes: the kind follows from the catalog")
    func derivesKinds() throws {
        #expect(try word("user", "list-users") == "none")
        #expect(try word("user", "update-user") == "update by get-user")
        #expect(try word("user", "partial-update-user") == "update by get-user")
        #expect(try word("user", "delete-user") == "deletion by get-user")
        #expect(try word("user", "suspend-user") == "transition by get-user")
        #expect(try word("user", "create-user") == "creation in list-users")
        // Their lists are nested in an object.
        #expect(try word("domain", "create-domain") == "creation in list-domains")
        #expect(try word("email-server", "create-email-server").hasPrefix("creation in"))
        #expect(try word("grant", "create-grant").hasPrefix("creation in"))
        #expect(try word("threatinsight", "update-threat-insight-configuration").hasPrefix("update by"))
        #expect(try word("group", "add-user-to-group") == "membership true in list-group-members")
        #expect(try word("group", "remove-user-from-group") == "membership false in list-group-members")
        #expect(try word("application", "remove-user-from-application").hasPrefix("deletion by"))
    }

    @Test("Changes: a state change has an inverse action if the catalog has one")
    func findsOpposites() throws {
        #expect(try action("user", "suspend-user").inverse?.action.name == "unsuspend-user")
        #expect(try action("user", "unsuspend-user").inverse?.action.name == "suspend-user")
        #expect(try action("user", "deactivate-user").inverse?.action.name == "activate-user")
        #expect(try action("user", "reset-factors").inverse == nil)
    }

    @Test("Destructive actions: deletions and revocations, but not reads, creations and updates")
    func judges() throws {
        let destructive = [
            ("user", "delete-user"), ("user", "deactivate-user"), ("user", "suspend-user"), ("user", "reset-factors"),
            ("user", "expire-password"), ("group", "remove-user-from-group"),
        ]
        for (category, name) in destructive {
            #expect(DestructiveRule.holds(for: try action(category, name)), "\(name)")
        }
        let others = [
            ("user", "list-users"), ("user", "update-user"), ("user", "create-user"), ("user", "unsuspend-user"),
            ("user", "activate-user"), ("group", "add-user-to-group"),
        ]
        for (category, name) in others {
            #expect(!DestructiveRule.holds(for: try action(category, name)), "\(name)")
        }
        for action in CommandCatalog.all.actions where action.descriptor.method == .get {
            #expect(!DestructiveRule.holds(for: action))
        }
    }

    @Test("Changes: an object shows whether a call was executed, by its fields and its previous state")
    func compares() {
        let before: JSON = ["id": "1", "profile": ["city": "Oslo", "name": "Ann"], "lastUpdated": "1"]
        let changed: JSON = ["id": "1", "profile": ["city": "Rome", "name": "Ann"], "lastUpdated": "2"]
        let other: JSON = ["id": "1", "profile": ["city": "Bern", "name": "Ann"], "lastUpdated": "2"]
        let touched: JSON = ["id": "1", "profile": ["city": "Oslo", "name": "Bob"], "lastUpdated": "2"]
        let wanted: JSON = ["profile": ["city": "Rome"]]
        #expect(ObjectCheck.compare(before, wanted: wanted, before: before) == .notDone)
        #expect(ObjectCheck.compare(changed, wanted: wanted, before: before) == .done(objectID: nil))
        #expect(ObjectCheck.compare(touched, wanted: wanted, before: before) == .notDone)
        guard case .unknown = ObjectCheck.compare(other, wanted: wanted, before: before) else {
            Issue.record("another value")
            return
        }
        let secret: JSON = ["credentials": ["password": ["value": "x"]]]
        guard case .unknown = ObjectCheck.compare(changed, wanted: secret, before: before) else {
            Issue.record("a secret")
            return
        }
    }
}
