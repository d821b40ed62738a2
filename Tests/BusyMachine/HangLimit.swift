import Testing

extension Trait where Self == TimeLimitTrait {
    /// For tests that would wait for ever if what they test were broken. No machine is so busy that a test takes this long.
    static var hangLimit: Self { .timeLimit(.minutes(30)) }
}
