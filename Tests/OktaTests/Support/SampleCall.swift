import Okta

/// A call of one generated function with arguments that can be foretold: `p0`, `p1`… for the path.
struct SampleCall: Sendable, CustomStringConvertible {
    let category: String
    let action: String
    let function: String
    /// Whether the response is a JSON array.
    let isList: Bool
    let run: @Sendable (OktaClient) async throws -> Void

    init(
        category: String, action: String, function: String, isList: Bool,
        run: @escaping @Sendable (OktaClient) async throws -> Void
    ) {
        self.category = category
        self.action = action
        self.function = function
        self.isList = isList
        self.run = run
    }

    var description: String { "\(category) / \(function)" }
}

/// Generated calls, of deprecated functions too: reached through a requirement, they are called without a warning.
protocol SampleCallSource {
    static var calls: [SampleCall] { get }
}

/// A call of every action.
let allSampleCalls = (AllCalls.self as any SampleCallSource.Type).calls
