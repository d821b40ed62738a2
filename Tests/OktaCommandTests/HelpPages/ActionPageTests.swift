import OktaRuntime
import Testing

@testable import OktaCommand

@Suite(.longCalculation) struct ActionPageTests {
    @Test("Help pages: every action has its summary, parameters, request and a complete example")
    func everyActionHasAPage() {
        for action in CommandCatalog.all.actions {
            let label = "\(action.category) \(action.name)"
            let lines = ActionPage(action).text(PageLayout(width: 10_000)).split(
                separator: "\n", omittingEmptySubsequences: false
            ).map(
                String.init)
            #expect(lines.first == "okta \(label)")
            #expect(lines.contains { $0.hasPrefix("usage: okta \(label)") }, "\(label)")
            #expect(lines.contains { $0.hasPrefix("request:  ") }, "\(label)")
            #expect(!lines.contains { $0.contains("`") }, "\(label)")
            for parameter in action.descriptor.parameters {
                let option = "--\(KebabCase.name(of: parameter.name)) "
                #expect(lines.contains { $0.contains(option) }, "\(label) \(option)")
            }
            let example = lines.last { $0.hasPrefix("example:  ") } ?? ""
            #expect(example.hasPrefix("example:  okta \(label)"), "\(label)")
        }
    }

    @Test("Help pages: every example parses as its action with all that it needs")
    func examplesAreComplete() throws {
        for action in CommandCatalog.all.actions {
            let text = ActionPage(action).text(PageLayout(width: 10_000))
            let example = try #require(text.split(separator: "\n").last { $0.hasPrefix("example:  ") })
            let words = example.split(separator: " ").map(String.init).dropFirst(2)
            let found = try CommandCatalog.all.category(words[words.startIndex]).action(words[words.startIndex + 1])
            #expect(found.descriptor.swiftName == action.descriptor.swiftName)
            let split = try ArgumentSplit(
                Array(words.dropFirst(2)), of: action, optionsWithValue: ["--body", "--client", "--set"])
            #expect(try ParameterValues(split, of: action).missing(in: action).isEmpty, "\(example)")
        }
    }

    @Test("Help pages: an example sets the required fields, and names a file for secrets and choices")
    func bodiesOfExamples() throws {
        func example(_ category: String, _ name: String) throws -> String {
            ActionPage(try CommandCatalog.all.category(category).action(name)).example
        }
        #expect(
            try example("user", "create-user")
                == "okta user create-user --set profile.email=ada@example.com --set profile.firstName=Ada "
                + "--set profile.lastName=Lovelace --set profile.login=ada@example.com")
        #expect(try example("group", "create-group") == "okta group create-group --set profile.name=Example")
        #expect(try example("user", "change-password").hasSuffix(" --body @body.json"))
        #expect(try example("application", "create-application").hasSuffix(" --body @body.json"))
    }
}
