import HTTPTypes
import LoopbackServer

/// A kind of call in a storm, with the behaviour of the server and the caller, and the allowed results.
struct StormKind: Sendable {
    /// The behaviour of the server.
    enum Service: Sendable {
        /// Answers.
        case good
        /// Meets the first attempt with a fault, and answers the others.
        case faulty(LoopbackResponse)
        /// Meets each attempt with a fault.
        case broken(LoopbackResponse)
        /// Tells the first two calls of the kind that the limit's window is used up.
        case limited
        /// Answers when it is let go on.
        case slow
        /// Begins to answer, and goes no further.
        case endless
        /// Meets the request for a token with a fault.
        case tokenless(LoopbackResponse)
    }

    /// The behaviour of the caller.
    enum Caller: Sendable {
        /// Waits for the whole answer.
        case waits
        /// Reads the body as it comes.
        case reads
        /// Takes the head, and lets go of the body.
        case leaves
        /// Is cancelled, wherever the call is then.
        case givesUp
        /// Is cancelled when the server has begun to answer.
        case givesUpMidway
    }

    /// The resources, which have separate limits.
    enum Resource: Sendable {
        case things
        /// Its answers state no limit, but for those that refuse.
        case limited
        /// Wants a token.
        case signed
    }

    let method: HTTPRequest.Method
    let service: Service
    let resource: Resource
    let caller: Caller
    let ends: Set<StormEnd>

    init(
        _ method: HTTPRequest.Method, _ service: Service, at resource: Resource = .things, caller: Caller = .waits,
        ends: Set<StormEnd>
    ) {
        self.method = method
        self.service = service
        self.resource = resource
        self.caller = caller
        self.ends = ends
    }
}
