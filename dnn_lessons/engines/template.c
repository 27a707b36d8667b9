#include <string.h>
#include <tgmath.h>
typedef $real real;
#define EACH(i, n) for (int i = 0; i < n; i++)
#define SUM(k, n, term) ({ real sum = 0; EACH(k, n) sum += term; sum; })
#define ARRAY(A, n, m) static _Thread_local _Alignas(64) real A[n][m];
#define NEW(A, n, m) ARRAY(A, n, m) EACH(i, n) EACH(j, m)

static inline real absolute(real a) { return fabs(a); }
static inline real square(real a) { return a * a; }
static inline real sign(real a) { return a != a ? a : (a > 0) - (a < 0); }
static inline real maximum(real a, real b) { return a > b || a != a ? a : b; }
static inline real minimum(real a, real b) { return a < b || a != a ? a : b; }

// The parameters with their shapes.
#define PARAMETERS(DO) $parameters
PARAMETERS(ARRAY)
---

// The product C = A B that NumPy calls; AS_IS or T: a matrix stands as it is, or transposed.
typedef void gemm(int, int, int, long long, long long, long long, real, const real *,
                  long long, const real *, long long, real, real *, long long);
gemm *blas;
enum { ROW_BY_ROW = 101, AS_IS = 111, T = 112 };
#define WIDTH(A) (sizeof *A / sizeof **A)
#define PRODUCT(C, n, m, k, A, a, B, b) ARRAY(C, n, m) \
    blas(ROW_BY_ROW, a, b, n, m, k, 1, *A, WIDTH(A), *B, WIDTH(B), 0, *C, m)
---

// One step on $m examples: those whose numbers stand in `batch`. A row of all_X, all_Y or
// output is an example.
static void step_of_$m(
    const real all_X[][$n_x], const real all_Y[][$n_y], const long long *batch,
    real output[][$n_y])
{
    NEW(X, $n_x, $m)  // example j of the batch becomes column j
        X[i][j] = all_X[batch[j]][i];
    NEW(Y, $n_y, $m)  // its label likewise
        Y[i][j] = all_Y[batch[j]][i];
$body
    EACH(i, $n_y) EACH(j, $m)  // column j becomes row j, for the cost
        output[j][i] = $output[i][j];
}
---
    for (; m >= $m; m -= $m, order += $m, output += $m)
        step_of_$m(X, Y, order, output);
---

// Steps on the m examples of `order`. They take the parameters from theta, and put them back.
#define TAKE(P, n, m) memcpy(P, theta, sizeof P); theta += sizeof P;
#define PUT(P, n, m) memcpy(start, P, sizeof P); start += sizeof P;
void run(char *theta, const void *X, const void *Y,
         const long long *order, long long m, real (*output)[$n_y])
{
    char *start = theta;
    PARAMETERS(TAKE)
$loops    PARAMETERS(PUT)
}
