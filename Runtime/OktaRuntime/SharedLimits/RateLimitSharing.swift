/// How a client shares the org's rate limits with other programs.
///
/// ```swift
/// var configuration = try OktaConfiguration.fromEnvironment()
/// configuration.rateLimitSharing = RateLimitSharing(store: try FileRateLimitStore(folder: folder), program: "hr-sync")
/// ```
///
/// All programs that use the same store keep within the limits together. Programs that do not use it count too, since
/// the responses state what is left.
///
/// When no program reaches the store, each goes on alone with a part of each limit. The parts add up to one at most. When a
/// program reaches the store again, the store sets the parts of the others aside until they are back, for three seconds at
/// most. So a store that fails, hangs, is late or is emptied causes no refusal but in these cases.
///
/// In them no store knows what a program uses, so that its calls, or those of others, may be refused (429), and are then
/// repeated:
///
/// - A program that has lost the store while others reach it uses its part, which the store gives to the others after ten
///   seconds of silence.
/// - A program that has never reached the store uses ``shareWithoutStore``.
/// - A program that is silent, because it waits for the end of a window, when the store is emptied: the new record does not
///   know it before its next exchange.
/// - A program whose part of a limit is less than one call makes one call of it at a time.
/// - Programs that lose the store in a window of which others had used more than their parts. Each leaves to others what
///   the responses to its own calls state, which may be older than the calls of the others.
public struct RateLimitSharing: Sendable {
    /// The store.
    public var store: any RateLimitStore

    /// The program's name, for status pages and metrics: up to 64 printable ASCII characters.
    public var program: String

    /// The client's part of each limit, in proportion to the weights of other clients that have calls waiting; 1 to
    /// 1,000.
    public var weight: Int

    /// The part of each limit that bulk calls leave to interactive ones; 0 to 0.9.
    public var interactiveReserve: Double

    /// The part of the org's limit that one token or app gets; more than 0, at most 1. Okta's default is 0.5.
    public var principalShare: Double

    /// The part of each limit that the client uses until it first reaches the store; more than 0, at most 1. After an
    /// exchange, it uses the part that the store has stated: the fair one, as far as the parts of others allow it.
    public var shareWithoutStore: Double

    /// How long an exchange with the store may take. After that, the client uses its fair part without the store.
    public var timeout: Duration

    /// Creates settings for sharing.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - program: The program's name.
    ///   - weight: The client's part in proportion to others. Defaults to 1.
    ///   - interactiveReserve: The part of each limit that bulk calls leave to interactive ones. Defaults to 0.02.
    ///   - principalShare: The part of the org's limit that one token or app gets. Defaults to 0.5.
    ///   - shareWithoutStore: The part of each limit to use until the store is first reached. Defaults to 0.5.
    ///   - timeout: The limit for one exchange. Defaults to 200 milliseconds.
    public init(
        store: any RateLimitStore, program: String, weight: Int = 1, interactiveReserve: Double = 0.02,
        principalShare: Double = 0.5, shareWithoutStore: Double = 0.5, timeout: Duration = .milliseconds(200)
    ) {
        self.store = store
        self.program = program
        self.weight = weight
        self.interactiveReserve = interactiveReserve
        self.principalShare = principalShare
        self.shareWithoutStore = shareWithoutStore
        self.timeout = timeout
    }

    func check() throws(OktaError) {
        guard (1...64).contains(program.utf8.count), program.isPrintableASCII else {
            throw .configuration(
                .init(message: "rateLimitSharing.program must be 1 to 64 printable ASCII characters"))
        }
        guard (1...1000).contains(weight) else {
            throw .configuration(.init(message: "rateLimitSharing.weight must be 1 to 1,000", suggestion: "1"))
        }
        guard (0...0.9).contains(interactiveReserve) else {
            throw .configuration(
                .init(message: "rateLimitSharing.interactiveReserve must be 0 to 0.9", suggestion: "0.02"))
        }
        for (name, value) in [("principalShare", principalShare), ("shareWithoutStore", shareWithoutStore)] {
            guard value > 0, value <= 1 else {
                throw .configuration(
                    .init(message: "rateLimitSharing.\(name) must be above 0 and at most 1", suggestion: "0.5"))
            }
        }
        guard timeout > .zero else {
            throw .configuration(
                .init(message: "rateLimitSharing.timeout must be positive", suggestion: "200 milliseconds"))
        }
    }
}
