import HTTPTypes
import Okta
import Testing

@Suite struct FunctionNameTests {
    /// The names of the functions of every module, without the groups.
    private let functions = TestedModule.all.flatMap { module in
        module.registry.actions.map { $0.swiftName.drop { $0 != "." }.dropFirst() }
    }

    @Test("Function names: none contains an article or a possessive of the listed name")
    func noArticles() {
        for name in functions {
            #expect(!name.contains(/[a-z](A|An|The|Your)[A-Z][a-z]/), "\(name)")
        }
    }

    @Test("Function names: each begins with a verb in its base form")
    func verbs() {
        for name in functions {
            let verb = String(name.prefix { $0.isLowercase })
            #expect(!["updates", "deletes", "sets", "listing", "social"].contains(verb), "\(name)")
        }
    }

    @Test(
        "Function names: a function that returns a list and has no body starts with list", arguments: TestedModule.all)
    func lists(_ module: TestedModule) {
        let named = module.registry.actions.filter { $0.method == .get && $0.returns?.hasPrefix("[") == true }
        for action in named where action.swiftName != "log.getOrgSystemLog" {
            #expect(action.swiftName.contains(".list"), "\(action.swiftName)")
        }
    }

    @Test("Names: functions and types have at most 50 characters")
    func lengths() {
        for name in functions { #expect(name.count <= 50, "\(name)") }
        for name in TestedModule.all.flatMap(\.schema.names) { #expect(name.count <= 50, "\(name)") }
    }

    @Test("Function names: previous names are kept, deprecated, and send the same request")
    @available(*, deprecated, message: "Calls a function by its former name.")
    func formerNames() async throws {
        let (okta, transport) = try OktaClient.recording(returning: "{}")
        try await okta.group.activateAGroupRule("0pr1")
        try await okta.group.activateGroupRule("0pr1")
        #expect(transport.requests.count == 2)
        #expect(transport.requests.first?.head == transport.requests.last?.head)
    }
}
